import { z } from "zod";
import { publishedJsonSchema } from "../json-schema/published-json-schema.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits");

const test = z
  .looseObject({
    rows: z.int().min(2).describe("the number of test rows"),
    sha256: sha256.describe("the SHA-256 of the file of the test rows"),
    split_rule: z
      .string()
      .min(1)
      .describe("a name for the rule that split the data; models of different rules are never compared"),
  })
  .describe("the rows on which all models were scored");

const model = z.looseObject({
  sha256: sha256.describe("the SHA-256 of the model file in model.tar.gz, or of the archive"),
});

const approved = z.looseObject({
  model_url: z.string().describe("the S3 URI that the script was given"),
  sha256: sha256.describe("as model.sha256"),
});

const comparison = z.looseObject({
  metric: z.string().describe("the gate's loss"),
  mean_difference: z
    .number()
    .describe("the mean over the test rows of the candidate's loss minus the approved model's: positive is worse"),
  lower_95: z.number().describe("the one-sided 95 % lower bound of this mean"),
  upper_95: z.number().describe("the one-sided 95 % upper bound of this mean"),
});

const sketch = z.looseObject({
  rows: z.int().min(0).describe("the number of rows"),
  distinct: z.int().min(0).describe("the number of different rows"),
  hashes: z
    .string()
    .regex(/^([0-9a-f]{16})*$/, "expected hashes of 16 hexadecimal digits")
    .describe("the smallest hashes of the different rows, each 16 hexadecimal digits, in ascending order, in one text"),
});

/** The smallest number of hashes in the sketch of a larger part. With fewer, small leaks would stay unnoticed. */
const smallestSketch = 1024;

/** The schema of the sketches in an evaluation. */
export const sketchesSchema = z
  .looseObject({
    hash: z.string().describe("the name of the hash; sketches of different hashes cannot be compared"),
    size: z.int().min(smallestSketch).describe("the most hashes that the sketch of a part has"),
    columns: z.array(z.string()).describe("the columns that are hashed"),
    train: sketch.describe("the rows that the candidate was trained on"),
    validation: sketch.optional().describe("the rows on which settings or models were chosen"),
    test: z.looseObject({
      ...sketch.shape,
      also_in_train: z
        .int()
        .min(0)
        .optional()
        .describe("the number of different test rows that are training rows, too"),
    }),
  })
  .describe("sketches of the rows of each part, by which the check finds a baseline that was trained on the test rows");

/**
 * The schema of the evaluation that the script of a gated pipeline writes. Further keys are allowed. The gate names the path of
 * the metric, which is the same in the document itself and in the part of each approved model.
 */
export const evaluationSchema = z.looseObject({
  schema_version: z.literal(1),
  test,
  model: model.describe("the candidate"),
  baseline: approved
    .nullish()
    .describe("the latest approved model, if the script was given one, with the gate's metric"),
  comparison: comparison.nullish().describe("the candidate compared with the baseline"),
  best: approved.nullish().describe("the best approved model, if the script was given one, with the gate's metric"),
  best_comparison: comparison.nullish().describe("the candidate compared with the best approved model"),
  sketches: sketchesSchema.nullish(),
});

/** A comparison of the candidate with an approved model. */
export type ComparisonDocument = z.infer<typeof comparison>;

/** The sketches of the rows of each part. */
export type Sketches = z.infer<typeof sketchesSchema>;

/** Returns the JSON Schema of `evaluation.json`, which is published beside this file as `evaluation.schema.json`. */
export function evaluationJsonSchema(): unknown {
  return publishedJsonSchema("Evaluation of a model", evaluationSchema);
}
