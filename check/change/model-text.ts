import { metricChange } from "./comparison-table.ts";
import type { ModelChange, PipelineModelChange } from "./model-change.ts";
import { modelVerdicts, pipelineVerdict } from "./model-verdict.ts";

function verdictText(change: PipelineModelChange): string {
  if (change.kind === "same" || change.kind === "removed") return change.kind;
  return modelVerdicts[pipelineVerdict(change)].title;
}

/** Formats a change of the models for a terminal: the verdict, and a line for each pipeline. */
export function modelText({ verdict, pipelines }: ModelChange): string {
  const width = Math.max(0, ...pipelines.map(({ folder }) => folder.length));
  const lines = pipelines.map((change) =>
    [`  ${change.folder.padEnd(width)}`, verdictText(change), metricChange(change) ?? ""].join("  ").trimEnd(),
  );
  return [modelVerdicts[verdict].title, ...lines].join("\n");
}
