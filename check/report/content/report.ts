import { z } from "zod";
import { publishedJsonSchema } from "../../json-schema/published-json-schema.ts";

const arn = z.string().startsWith("arn:");
const time = z.iso.datetime();
/** Columns of equal length, with one entry for each drawn row. */
const column = z.array(z.number()).readonly();

const step = z
  .object({
    name: z.string(),
    status: z.string().describe("SageMaker's own word, such as Succeeded or Failed"),
    cached: z.boolean().describe("whether its result came from the step cache"),
    earlier: z.boolean().optional().describe("whether its result was taken from an earlier execution"),
    seconds: z.number().min(0).optional().describe("from its start to its end"),
    outcome: z.string().optional().describe("the result of a condition: true or false"),
    failureReason: z.string().optional(),
  })
  .readonly();

const execution = z
  .object({
    arn,
    status: z.string().optional(),
    seconds: z.number().min(0).optional().describe("how long at least one of its own steps was running"),
    steps: z.array(step).readonly().optional().describe("the steps that began, in the order of their start"),
  })
  .readonly();

const graph = z
  .object({
    steps: z
      .array(z.object({ name: z.string(), type: z.string() }).readonly())
      .readonly()
      .describe("all steps of the definition, including those that did not run"),
    edges: z.array(z.object({ from: z.string(), to: z.string(), label: z.string().optional() }).readonly()).readonly(),
  })
  .readonly();

const training = z
  .object({
    rounds: column,
    curves: z.array(z.object({ name: z.string(), values: column }).readonly()).readonly(),
  })
  .readonly();

const predictions = z
  .object({
    label: z.string().describe("what is predicted"),
    testRows: z.int().min(0).describe("the number of test rows; the columns may have fewer"),
    actual: column,
    candidate: column,
    baseline: column.optional(),
  })
  .readonly();

const model = z
  .object({
    version: z.int(),
    modelPackageArn: arn,
    approval: z.string().describe("Approved, Rejected or PendingManualApproval"),
    registered: time.optional(),
    value: z.number().optional().describe("the metric on its own test rows; missing if its evaluation cannot be read"),
  })
  .readonly();

const comparison = z
  .object({
    mean: z.number().describe("candidate's minus approved model's loss, the mean over the test rows"),
    lower: z.number().describe("its one-sided 95 % lower bound"),
    upper: z.number().describe("its one-sided 95 % upper bound"),
    margin: z.number().describe("how much worse than the approved model the candidate may be"),
  })
  .readonly();

const threshold = z
  .object({ value: z.number(), source: z.enum(["pipeline", "configuration", "execution", "flag"]) })
  .readonly();

/** The schema of `report.json`. Later minor versions may add keys, but never change the meaning of a key. */
export const reportSchema = z
  .object({
    version: z.literal(1),
    verdict: z
      .enum(["pass", "unchanged", "inconclusive", "regression", "error"])
      .describe("error: nothing could be judged; exitCode and reasons say why"),
    exitCode: z.int().min(0).max(255).describe("the exit code of the check"),
    reasons: z.array(z.string()).readonly().describe("sentences, the deciding one first"),
    cause: z
      .literal("credentials-expired")
      .optional()
      .describe("why the check ended before its execution did, if not at the deadline (exitCode 4)"),
    created: time.optional().describe("when the report was made"),
    pipeline: z.string().optional(),
    metric: z.string().optional().describe("the name of the metric of candidate, baseline and ceiling"),
    direction: z
      .enum(["lower", "higher"])
      .optional()
      .describe("whether lower or higher values of the metric are better; lower if the key is missing"),
    loss: z
      .string()
      .optional()
      .describe(
        "the loss of a row that the comparisons use; if a higher metric is better, the loss rises as the metric falls",
      ),
    ceiling: z
      .number()
      .optional()
      .describe("the worst value of the metric that passes; if a higher metric is better, a floor"),
    candidate: z
      .object({
        value: z.number(),
        modelPackageArn: arn.optional(),
        action: z.string().optional().describe("the action on the registered model"),
      })
      .readonly()
      .optional(),
    baseline: z.object({ value: z.number(), modelPackageArn: arn }).readonly().optional(),
    comparison: comparison.optional(),
    best: z
      .object({ value: z.number(), modelPackageArn: arn })
      .readonly()
      .optional()
      .describe("the best approved model, if it is not the baseline"),
    bestComparison: comparison.optional(),
    thresholds: z
      .object({ ceiling: threshold, relativeTolerance: threshold, absoluteTolerance: threshold })
      .readonly()
      .optional()
      .describe("the thresholds of the judgement, and who chose each"),
    inconclusive: z
      .enum(["warn", "fail"])
      .optional()
      .describe(
        "the stack's policy: whether the check passes with a warning or fails after an inconclusive comparison",
      ),
    provenance: z
      .object({ commit: z.string().optional(), definition: z.string(), code: z.string(), model: z.string() })
      .readonly()
      .optional()
      .describe("the origin of the model: the commit, and the SHA-256 of the definition, the code and the model file"),
    test: z.object({ rows: z.int(), sha256: z.string(), splitRule: z.string() }).readonly().optional(),
    evaluation: z.string().optional().describe("S3 URI of the evaluation"),
    execution: execution.optional(),
    graph: graph.optional(),
    training: training.optional(),
    predictions: predictions.optional(),
    featureGain: z
      .array(z.object({ feature: z.string(), gain: z.number() }).readonly())
      .readonly()
      .optional(),
    models: z.array(model).readonly().optional().describe("the newest models of the group, at most 50, oldest first"),
    notDrawn: z
      .array(z.object({ picture: z.string(), reason: z.string() }).readonly())
      .readonly()
      .optional()
      .describe("the pictures that are missing on the page, and why"),
  })
  .readonly();

/** The complete result of a check. Each form of the report is made from this alone. */
export type Report = z.infer<typeof reportSchema>;
export type StepReport = z.infer<typeof step>;
export type RegisteredModel = z.infer<typeof model>;

/** Returns the JSON Schema of `report.json`, which is published beside this file as `report.schema.json`. */
export function reportJsonSchema(): unknown {
  return publishedJsonSchema("Report of a stack check", reportSchema);
}
