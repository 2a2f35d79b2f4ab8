import { codeBlock, codeSpan, prose } from "../report/content/markdown-text.ts";
import { metricChange } from "./comparison-table.ts";
import type { ModelChange, PipelineModelChange } from "./model-change.ts";
import { modelConcerns } from "./model-concerns.ts";
import { modelVerdicts, pipelineVerdict } from "./model-verdict.ts";
import { isShown, longestError, pipelinePart } from "./pipeline-part.ts";

function commitsText({ baseCommit, mergeBase, headCommit, uncommitted }: ModelChange): string {
  const short = (commit: string) => codeSpan(commit.slice(0, 10));
  const tree = uncommitted ? " with the changes of the working tree" : "";
  const behind =
    mergeBase === baseCommit
      ? ""
      : `, where it left the base branch, which has moved on to ${short(baseCommit)}: update the branch to compare with that`;
  return `Head ${short(headCommit)}${tree} is compared with the base ${short(mergeBase)}${behind}.`;
}

/** Formats why nothing could be judged as text, and why the base has no models as a quotation. */
function reasonsText({ verdict, reasons }: ModelChange): readonly string[] {
  if (reasons.length === 0) return [];
  return verdict === "error"
    ? [codeBlock("text", reasons.join("\n").slice(0, longestError))]
    : [reasons.map((reason) => `> ${prose(reason)}`).join("\n>\n")];
}

function others({ pipelines }: ModelChange): readonly string[] {
  const named = (kind: PipelineModelChange["kind"]) =>
    pipelines.filter((change) => change.kind === kind && !isShown(change)).map(({ folder }) => codeSpan(folder));
  const [same, removed] = [named("same"), named("removed")];
  return [
    ...(removed.length === 0 ? [] : [`Removed: ${removed.join(", ")}.`]),
    ...(same.length === 0 ? [] : [`Same definition, code, data and thresholds, so not trained: ${same.join(", ")}.`]),
  ];
}

/**
 * Returns the verdict on a change in one line of Markdown, with the metrics of the pipelines that decide it, and what the verdict
 * alone does not show.
 */
export function modelLine(model: ModelChange): string {
  const { verdict, pipelines } = model;
  if (verdict === "nothing") return "nothing changes the model";
  const deciding = pipelines.filter((change) => pipelineVerdict(change) === verdict);
  const metrics = deciding.map((change) => {
    const text = metricChange(change);
    return text === undefined ? codeSpan(change.folder) : `${codeSpan(change.folder)}: ${prose(text)}`;
  });
  const concerns = modelConcerns(model);
  return [
    modelVerdicts[verdict].title,
    ...(metrics.length === 0 ? [] : [metrics.join("; ")]),
    ...(concerns.length === 0 ? [] : [`but ${concerns.join("; ")}`]),
  ].join(", ");
}

/**
 * Formats a change of the models as Markdown: a first section with the verdict and the commits, and a section for each pipeline
 * that changed. Escapes everything that it quotes.
 *
 * @param reports where the folders of the reports are, in words
 */
export function modelSections(change: ModelChange, reports: string): readonly string[] {
  const head = [`### Model: ${modelLine(change)}`, ...reasonsText(change), commitsText(change), ...others(change)];
  return [head.join("\n\n"), ...change.pipelines.filter(isShown).map((pipeline) => pipelinePart(pipeline, reports))];
}

/** Formats a change of the models as one piece of Markdown; see {@link modelSections}. */
export function modelSection(change: ModelChange, reports = "beside this file"): string {
  return `${modelSections(change, reports).join("\n\n")}\n`;
}
