import { codeSpan } from "../report/content/markdown-text.ts";
import type { ModelChange, PipelineModelChange } from "./model-change.ts";
import { modelVerdicts, severities } from "./model-verdict.ts";

/** Returns the worse verdict that the base's thresholds give, if the head's model is only as good as it is by new ones. */
function worseByBase({ head, underBase }: PipelineModelChange): string | undefined {
  if (head === undefined || underBase === undefined) return undefined;
  const { title, kind } = modelVerdicts[underBase.verdict];
  return kind !== "good" && severities.indexOf(underBase.verdict) > severities.indexOf(head.verdict)
    ? title
    : undefined;
}

function pipelineConcern(change: PipelineModelChange): readonly string[] {
  const worse = worseByBase(change);
  if (worse !== undefined) return [`${codeSpan(change.folder)} is ${worse} by the base's thresholds`];
  return change.parts.includes("gate") && change.run !== undefined ? [`${codeSpan(change.folder)} loses its gate`] : [];
}

/** Returns what a good verdict does not show, in Markdown: a threshold that was loosened, a gate that is gone, a missing base. */
export function modelConcerns({ verdict, reasons, pipelines }: ModelChange): readonly string[] {
  return [
    ...(verdict !== "error" && reasons.length > 0 ? ["nothing is compared with the base"] : []),
    ...pipelines.flatMap(pipelineConcern),
  ];
}

/** Tells whether a change is good, bad, or has to be looked at by a person. */
export function modelKind(change: ModelChange): "good" | "open" | "bad" {
  const { kind } = modelVerdicts[change.verdict];
  return kind === "good" && modelConcerns(change).length > 0 ? "open" : kind;
}
