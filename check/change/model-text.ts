import { metricChange } from "./comparison-table.ts";
import type { ModelChange, PipelineModelChange } from "./model-change.ts";
import { modelConcerns } from "./model-concerns.ts";
import { modelVerdicts, pipelineVerdict } from "./model-verdict.ts";

function verdictText(change: PipelineModelChange): string {
  if (change.kind === "same" || change.kind === "removed") return change.kind;
  return modelVerdicts[pipelineVerdict(change)].title;
}

/** Formats a change of the models for a terminal: the verdict, a line for each pipeline, and what the verdict does not show. */
export function modelText(model: ModelChange): string {
  const { verdict, pipelines } = model;
  const width = Math.max(0, ...pipelines.map(({ folder }) => folder.length));
  const lines = pipelines.map((change) =>
    [`  ${change.folder.padEnd(width)}`, verdictText(change), metricChange(change) ?? ""].join("  ").trimEnd(),
  );
  const concerns = modelConcerns(model).map((concern) => `  but ${concern}`);
  return [modelVerdicts[verdict].title, ...lines, ...concerns].join("\n");
}
