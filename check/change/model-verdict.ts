import { verdictTitles } from "../report/content/facts.ts";
import type { ModelChange, PipelineModelChange } from "./model-change.ts";

export type ModelVerdict = ModelChange["verdict"];

/** The verdicts, the worst one last. */
const severities = ["nothing", "unchanged", "pass", "untrained", "inconclusive", "regression", "error"] as const;

/** Returns the verdict on one pipeline's change. */
export function pipelineVerdict({ kind, head, run, notes }: PipelineModelChange): ModelVerdict {
  if (head !== undefined) return head.verdict;
  if (run !== undefined) return run.exitCode === 0 ? "pass" : "error";
  return kind === "same" || kind === "removed" || notes.length === 0 ? "nothing" : "untrained";
}

/** Returns the verdict on a change, which is the worst one of its pipelines. */
export function worstVerdict(pipelines: readonly PipelineModelChange[]): ModelVerdict {
  const worst = Math.max(0, ...pipelines.map((pipeline) => severities.indexOf(pipelineVerdict(pipeline))));
  return severities[worst] ?? "error";
}

/** The title of each verdict on a change. */
export const modelTitles = {
  nothing: "NOTHING CHANGES THE MODEL",
  untrained: "NOT TRAINED",
  ...(Object.fromEntries(Object.entries(verdictTitles).map(([name, { title }]) => [name, title])) as {
    readonly [Name in keyof typeof verdictTitles]: string;
  }),
} as const satisfies { readonly [Name in ModelVerdict]: string };
