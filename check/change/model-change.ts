import { z } from "zod";
import { thresholdNames } from "../../stack-outputs.ts";
import { reportSchema } from "../report/content/report.ts";

const commit = z.string().regex(/^[0-9a-f]{40}$/);

/** A report without the data of its pictures, which stays in the folder of the report. */
const summary = reportSchema
  .unwrap()
  .omit({ training: true, predictions: true, featureGain: true, models: true, notDrawn: true })
  .readonly();

const threshold = z
  .object({ name: z.enum(thresholdNames), base: z.number(), head: z.number() })
  .readonly()
  .describe("a threshold that the change sets to another value");

const pipeline = z
  .object({
    folder: z.string(),
    kind: z.enum(["same", "changed", "new", "removed"]),
    parts: z
      .array(z.enum(["definition", "code", "data", "thresholds", "gate"]))
      .readonly()
      .describe("the parts of a changed pipeline that differ between base and head"),
    differences: z.string().optional().describe("how the definitions differ, step by step, in words"),
    thresholds: z.array(threshold).readonly(),
    base: summary.optional().describe("the check of the base's model, whose ceiling lets every model pass"),
    head: summary.optional().describe("the check of the head's model against the base's model"),
    underBase: z
      .object({
        verdict: z.enum(["pass", "unchanged", "inconclusive", "regression"]),
        reasons: z.array(z.string()).readonly(),
      })
      .readonly()
      .optional()
      .describe("the verdict on the head's model by the base's thresholds, if the change sets others"),
    run: reportSchema
      .unwrap()
      .pick({ execution: true, graph: true, exitCode: true })
      .readonly()
      .optional()
      .describe("the head's execution of a pipeline without a gate"),
    notes: z.array(z.string()).readonly().describe("sentences, such as why a model was not trained"),
  })
  .readonly();

/** The schema of `model-change.json`: what a change of the sources does to the models, trained on the local endpoint. */
export const modelChangeSchema = z
  .object({
    version: z.literal(1),
    verdict: z
      .enum(["nothing", "ran", "unchanged", "pass", "untrained", "inconclusive", "regression", "error"])
      .describe(
        "the worst of all pipelines; nothing: no definition, code, data or threshold changes; ran: no changed pipeline has a gate",
      ),
    exitCode: z.int().min(0).max(255),
    reasons: z.array(z.string()).readonly().describe("why nothing could be judged, if the verdict is error"),
    created: z.iso.datetime(),
    baseCommit: commit.describe("the newest commit of the base branch when the check began"),
    mergeBase: commit.describe("the commit whose models head was compared with: where head left the base branch"),
    headCommit: commit,
    uncommitted: z.boolean().describe("whether the working tree of head had changes since its commit"),
    pipelines: z.array(pipeline).readonly(),
  })
  .readonly();

export type ModelChange = z.infer<typeof modelChangeSchema>;
/** The change of one pipeline and of its model. */
export type PipelineModelChange = ModelChange["pipelines"][number];
export type ReportSummary = z.infer<typeof summary>;

/** Returns a report without the data of its pictures. */
export function reportSummary(report: z.infer<typeof reportSchema>): ReportSummary {
  return summary.parse(report);
}
