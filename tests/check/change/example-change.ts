import { type ModelChange, type PipelineModelChange, reportSummary } from "../../../check/change/model-change.ts";
import { exampleReport } from "../report/example-report.ts";

const summary = reportSummary(exampleReport);

/** A pipeline whose change makes the model worse. */
export const worsePipeline: PipelineModelChange = {
  ...{ folder: "crickets", kind: "changed", parts: ["definition", "code"], thresholds: [], notes: [] },
  differences: "Steps\n  ~ FitLine (Training)\n      ~ Arguments.HyperParameters.rounds: 30 -> 1\n",
  base: summary,
  head: { ...summary, verdict: "regression", exitCode: 1, reasons: ["The lower bound is above the margin."] },
};

export const samePipeline: PipelineModelChange = {
  ...{ folder: "abalone", kind: "same", parts: [], thresholds: [], notes: [] },
};

export const exampleChange: ModelChange = {
  ...{ version: 1, verdict: "regression", exitCode: 1, reasons: [], created: "2026-01-02T03:04:05.678Z" },
  ...{ baseCommit: "b".repeat(40), mergeBase: "b".repeat(40), headCommit: "a".repeat(40), uncommitted: false },
  pipelines: [worsePipeline, samePipeline],
};
