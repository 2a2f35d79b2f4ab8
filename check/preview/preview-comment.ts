import { stripVTControlCharacters } from "node:util";
import { codeBlock, codeSpan, table } from "../report/content/markdown-text.ts";
import { pipelineSection } from "./pipeline-section.ts";
import { type PolicyViolation, violationText } from "./policy-violations.ts";
import type { PreviewDigest } from "./preview-digest.ts";
import {
  type ResourceChange,
  type ResourceChangeKind,
  resourceChangeKinds,
  resourceChanges,
  stackOf,
} from "./resource-change.ts";

/** The first line of the comment, by which the workflow finds the comment of an earlier preview. */
export const commentMarker = "<!-- pulumi-preview -->";

/** The most characters of a comment on GitHub. */
export const commentCharacters = 65_536;

/** The number of properties that a row names. */
const shownProperties = 5;

const inWords: { readonly [Kind in ResourceChangeKind]: string } = {
  delete: "to delete",
  replace: "to replace",
  unknown: "with an operation that this version does not know",
  forget: "to leave in AWS, no longer managed",
  update: "to update",
  import: "to import",
  create: "to create",
};

/** Tells whether `pulumi up` would delete the existing resource. */
function isLost({ kind }: ResourceChange): boolean {
  return kind === "delete" || kind === "replace";
}

function summary(changes: readonly ResourceChange[]): string {
  const counts = resourceChangeKinds.map(
    (kind) => [kind, changes.filter((change) => change.kind === kind).length] as const,
  );
  const words = counts.filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${inWords[kind]}`);
  return words.length === 0 ? "No resource would change." : `${words.join(", ")}.`;
}

/** Returns the warning about resources that would be lost, if there are any. */
function caution(changes: readonly ResourceChange[]): readonly string[] {
  const lost = changes.filter(isLost);
  const kept = lost.filter(({ isProtected }) => isProtected).length;
  if (lost.length === 0) return [];
  const resources = lost.length === 1 ? "1 resource" : `${lost.length} resources`;
  const refused = kept === 0 ? "" : `, **${kept} protected**: \`pulumi up\` fails until their protection is removed`;
  return [`> [!CAUTION]\n> ${resources} would be deleted or replaced${refused}.`];
}

function errors({ diagnostics }: PreviewDigest): readonly string[] {
  return (diagnostics ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => stripVTControlCharacters(message).trim());
}

function properties({ properties: paths }: ResourceChange): string {
  const more = paths.length - shownProperties;
  return [...paths.slice(0, shownProperties).map(codeSpan), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

/** The most rows of the table, and the most characters of an error. */
const shownRows = 150;
const shownCharacters = 4000;

function row(change: ResourceChange): readonly string[] {
  const { kind, op, type, name, isProtected } = change;
  const word = kind === "unknown" ? codeSpan(op) : isLost(change) ? `**${kind}**` : kind;
  return [
    isLost(change) && isProtected ? `${word} (protected)` : word,
    codeSpan(type),
    codeSpan(name),
    properties(change),
  ];
}

function resourceSection(changes: readonly ResourceChange[]): readonly string[] {
  if (changes.length === 0) return [];
  const more = changes.length - shownRows;
  return [
    table(["Change", "Type", "Name", "Properties"], changes.slice(0, shownRows).map(row)),
    ...(more > 0 ? [`${more} more resources are not shown; lost resources come first.`] : []),
  ];
}

/** Cuts a text, so that the comment has room for the rest. */
function beginning(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}\n...`;
}

/** Adds as many whole sections as fit in a comment, and a sentence about the rest. */
function fitted(head: string, sections: readonly string[], characters: number): string {
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
 * Formats a preview as Markdown for a comment on a pull request: the changes, the losses, the errors, and the differences of
 * each pipeline's definition. Shows only the names of properties, because their values may be secrets.
 *
 * @param violations what the policy pack says about the preview
 * @param characters the most characters of the comment
 */
export function previewComment(
  preview: PreviewDigest,
  violations: readonly PolicyViolation[] = [],
  characters = commentCharacters,
): string {
  const changes = resourceChanges(preview);
  const stack = stackOf(preview);
  const failures = errors(preview);
  const isRejected = violations.some(({ rejects }) => rejects);
  const failed = failures.length > 0 || isRejected;
  const head = [
    commentMarker,
    stack === undefined ? "### Preview" : `### Preview of the stack ${codeSpan(stack)}`,
    ...(failed ? ["**The preview failed**, so this list may be incomplete."] : []),
    ...(isRejected ? ["**The policy pack rejects this change.**"] : []),
    ...(failed && changes.length === 0 ? [] : [summary(changes)]),
    ...caution(changes),
  ];
  const sections = [
    ...(violations.length === 0 ? [] : [codeBlock("text", beginning(violationText(violations)))]),
    ...failures.map((message) => codeBlock("text", beginning(message))),
    ...resourceSection(changes),
    ...changes.flatMap((change) => pipelineSection(change) ?? []),
  ];
  return fitted(head.join("\n\n"), sections, characters);
}
