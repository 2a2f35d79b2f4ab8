import { verdictTitles } from "../report/content/facts.ts";
import type { ModelChange, PipelineModelChange } from "./model-change.ts";

export type ModelVerdict = ModelChange["verdict"];

/** The title of each verdict on a change, and whether it is good, bad or open. The worst verdict comes last. */
export const modelVerdicts = {
  nothing: { title: "NOTHING CHANGES THE MODEL", kind: "good" },
  ran: { title: "RAN, NO GATE JUDGES IT", kind: "good" },
  unchanged: verdictTitles.unchanged,
  pass: verdictTitles.pass,
  untrained: { title: "NOT TRAINED", kind: "open" },
  inconclusive: verdictTitles.inconclusive,
  regression: verdictTitles.regression,
  error: verdictTitles.error,
} as const satisfies { readonly [Name in ModelVerdict]: { readonly title: string; readonly kind: string } };

/** The verdicts, the worst one last. */
export const severities = Object.keys(modelVerdicts) as readonly ModelVerdict[];

/** Returns the verdict on one pipeline's change. */
export function pipelineVerdict({ kind, head, run }: PipelineModelChange): ModelVerdict {
  if (head !== undefined) return head.verdict;
  if (run !== undefined) return run.exitCode === 0 ? "ran" : "error";
  return kind === "same" || kind === "removed" ? "nothing" : "untrained";
}

/** Returns the verdict on a change, which is the worst one of its pipelines. */
export function worstVerdict(pipelines: readonly PipelineModelChange[]): ModelVerdict {
  const worst = Math.max(0, ...pipelines.map((pipeline) => severities.indexOf(pipelineVerdict(pipeline))));
  return severities[worst] ?? "error";
}
