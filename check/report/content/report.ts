import { z } from "zod";

const arn = z.string().startsWith("arn:");
const time = z.iso.datetime();
/** Columns of equal length, one entry for each row that is drawn. */
const column = z.array(z.number()).readonly();

const step = z
  .object({
    name: z.string(),
    status: z.string().describe("SageMaker's own word, such as Succeeded or Failed"),
    cached: z.boolean().describe("whether its result came from the step cache"),
    earlier: z.boolean().optional().describe("whether its result was taken from an earlier execution"),
    seconds: z.number().min(0).optional().describe("from its start to its end"),
    outcome: z.string().optional().describe("of a condition: true or false"),
    failureReason: z.string().optional(),
  })
  .readonly();

const execution = z
  .object({
    arn,
    status: z.string().optional(),
    seconds: z.number().min(0).optional().describe("for how long at least one of its own steps ran"),
    steps: z.array(step).readonly().optional().describe("the steps that began, in the order of their start"),
  })
  .readonly();

const graph = z
  .object({
    steps: z
      .array(z.object({ name: z.string(), type: z.string() }).readonly())
      .readonly()
      .describe("all steps of the definition, also those that did not run"),
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
    testRows: z.int().min(0).describe("how many test rows there are; the columns may have fewer"),
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
    margin: z.number().describe("how much worse than the approved model is still good"),
  })
  .readonly();

const threshold = z
  .object({ value: z.number(), source: z.enum(["pipeline", "configuration", "execution", "flag"]) })
  .readonly();

/** What a check found, as `report.json` has it. Later minor versions may add keys, none changes the meaning of one. */
export const reportSchema = z
  .object({
    version: z.literal(1),
    verdict: z
      .enum(["pass", "unchanged", "inconclusive", "regression", "error"])
      .describe("error: there was nothing to judge; exitCode and reasons say why"),
    exitCode: z.int().min(0).max(255).describe("that of the check"),
    reasons: z.array(z.string()).readonly().describe("sentences, the deciding one first"),
    created: time.optional().describe("when the report was made"),
    pipeline: z.string().optional(),
    metric: z.string().optional().describe("the name of what candidate, baseline and ceiling measure"),
    direction: z
      .enum(["lower", "higher"])
      .optional()
      .describe("which values of the metric are the better ones; lower where it is missing"),
    loss: z
      .string()
      .optional()
      .describe("the loss of a row that the comparisons are of; where more is better, it rises as the metric falls"),
    ceiling: z.number().optional().describe("the worst value of the metric that passes; where more is better, a floor"),
    candidate: z
      .object({
        value: z.number(),
        modelPackageArn: arn.optional(),
        action: z.string().optional().describe("what was done with the registered model"),
      })
      .readonly()
      .optional(),
    baseline: z.object({ value: z.number(), modelPackageArn: arn }).readonly().optional(),
    comparison: comparison.optional(),
    best: z
      .object({ value: z.number(), modelPackageArn: arn })
      .readonly()
      .optional()
      .describe("the best model that ever was approved, where that is another than the baseline"),
    bestComparison: comparison.optional(),
    thresholds: z
      .object({ ceiling: threshold, relativeTolerance: threshold, absoluteTolerance: threshold })
      .readonly()
      .optional()
      .describe("what was judged by, and who chose it"),
    inconclusive: z
      .enum(["warn", "fail"])
      .optional()
      .describe("the stack's policy: whether an inconclusive comparison passes with a warning, or fails"),
    provenance: z
      .object({ commit: z.string().optional(), definition: z.string(), code: z.string(), model: z.string() })
      .readonly()
      .optional()
      .describe("what the model was made of: the commit, and SHA-256 of definition, code and model file"),
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
      .describe("pictures that the page has not, and why"),
  })
  .readonly();

/** Everything that a check found; each form of the report is made of it and of nothing else. */
export type Report = z.infer<typeof reportSchema>;
export type StepReport = z.infer<typeof step>;
export type RegisteredModel = z.infer<typeof model>;

/** The JSON Schema that is published beside this file, as `report.schema.json`. */
export function reportJsonSchema(): unknown {
  const schema = z.toJSONSchema(reportSchema, {
    io: "input",
    override: ({ jsonSchema }) => {
      // These say how this program treats a report, not what one is.
      delete jsonSchema.readOnly;
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
      // Zod's own word, which no other validator knows; the pattern beside it says the same.
      if (jsonSchema.format === "starts_with") delete jsonSchema.format;
    },
  });
  return { title: "Report of a stack check", ...schema };
}
