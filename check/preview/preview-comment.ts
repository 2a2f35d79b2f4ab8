import type { ModelChange } from "../change/model-change.ts";
import { modelKind } from "../change/model-concerns.ts";
import { modelLine, modelSections } from "../change/model-section.ts";
import { costSection, type StepSeconds } from "./cost-section.ts";
import type { PolicyViolation } from "./policy-violations.ts";
import type { PreviewDigest } from "./preview-digest.ts";
import { type PreviewPart, previewPart } from "./preview-part.ts";

/** The most characters of a comment on GitHub, less the room for the lines that the command post-comment adds. */
export const commentCharacters = 65_536 - 1000;

/** What the comment is made of. Each part may be missing: a fork has no preview, and a job may fail before it has a result. */
export interface CommentParts {
  readonly preview?: PreviewPart | undefined;
  readonly model?: ModelChange | undefined;
  /** Where the reports with the pictures are, in words or as a link. */
  readonly reports?: string | undefined;
}

type Kind = "good" | "open" | "bad";
const kinds: readonly Kind[] = ["good", "open", "bad"];

const titles: { readonly [Of in Kind]: string } = {
  good: "Nothing speaks against this change",
  open: "Look at this change before you merge it",
  bad: "Do not merge this change",
};

function previewKind({ state, lost }: PreviewPart): Kind {
  if (state !== "passed") return "bad";
  return lost > 0 ? "open" : "good";
}

/** Returns the first line: whether to merge, and what the model, the preview and the policy pack say. */
function verdictLine({ preview, model }: CommentParts): string {
  const all = [
    model === undefined ? "open" : modelKind(model),
    ...(preview === undefined ? [] : [previewKind(preview)]),
  ];
  const worst = kinds.findLast((kind) => all.includes(kind)) ?? "good";
  const rejections = preview?.rejections ?? 0;
  const says = [
    `Model: ${model === undefined ? "not checked" : modelLine(model)}`,
    ...(preview === undefined ? [] : [`stack: ${stackWords(preview)}`]),
    ...(rejections === 0 ? [] : [`policy pack: ${rejections === 1 ? "1 rejection" : `${rejections} rejections`}`]),
  ];
  return `**${titles[worst]}.** ${says.join("; ")}.`;
}

function stackWords({ state, summary }: PreviewPart): string {
  if (state === "failed") return "the preview failed";
  if (summary === undefined) return "no changes are known";
  return `${summary.charAt(0).toLowerCase()}${summary.slice(1).replace(/\.$/, "")}`;
}

/** Returns how long the steps of a pipeline ran in the local run, at the base if head took them from the cache. */
function localSeconds(model: ModelChange | undefined, pipeline: string): StepSeconds {
  const change = model?.pipelines.find(({ folder }) => folder === pipeline);
  const steps = [change?.base, change?.head, change?.run].flatMap((report) => report?.execution?.steps ?? []);
  const ran = steps.filter(({ cached }) => !cached);
  return new Map(ran.flatMap(({ name, seconds }) => (seconds === undefined ? [] : [[name, seconds] as const])));
}

/** Leaves out the differences of definitions that the preview's part shows, where they have the stack's own values. */
function withoutShown(model: ModelChange, preview: PreviewPart | undefined): ModelChange {
  const shown = new Set(preview?.executions.map(({ pipeline }) => pipeline));
  const pipelines = model.pipelines.map(({ differences, ...rest }) =>
    differences === undefined || shown.has(rest.folder) ? rest : { ...rest, differences },
  );
  return { ...model, pipelines };
}

/** Adds as many whole sections as fit in a comment or an issue, and a sentence about the rest. */
export function fitted(head: string, sections: readonly string[], characters = commentCharacters): string {
  const whole = `${[head, ...sections].join("\n\n")}\n`;
  if (whole.length <= characters) return whole;
  const end = (left: number) =>
    `\n\n${left} of ${sections.length} sections are left out, because GitHub takes at most ${characters} characters; ` +
    "`pulumi preview --diff` shows everything.\n";
  const room = characters - end(sections.length).length;
  let body = head;
  let left = 0;
  for (const section of sections)
    if (body.length + 2 + section.length <= room) body += `\n\n${section}`;
    else left += 1;
  return body + end(left);
}

/**
 * Formats the comment on a pull request as Markdown. Its first line is the verdict on the whole change; the preview of the stack
 * and what the change does to the models follow.
 *
 * @param characters the most characters of the comment
 */
export function pullRequestComment(parts: CommentParts, characters = commentCharacters): string {
  const { preview, model, reports = "in the artifact of this run" } = parts;
  const costs = (preview?.executions ?? []).map((execution) =>
    costSection(execution, localSeconds(model, execution.pipeline)),
  );
  const head = [verdictLine(parts), ...(preview?.head ?? [])];
  const sections = [
    ...(preview?.sections ?? []),
    ...costs.filter((cost) => cost !== undefined),
    ...(model === undefined ? [] : modelSections(withoutShown(model, preview), reports)),
  ];
  return fitted(head.join("\n\n"), sections, characters);
}

/** Formats a preview alone as a comment; see {@link pullRequestComment}. */
export function previewComment(
  preview: PreviewDigest,
  violations: readonly PolicyViolation[] = [],
  characters = commentCharacters,
): string {
  return pullRequestComment({ preview: previewPart(preview, violations) }, characters);
}
