import { stripVTControlCharacters } from "node:util";
import { codeBlock, codeSpan, table } from "../report/content/markdown-text.ts";
import { pipelineSection } from "./pipeline-section.ts";
import type { PreviewDigest } from "./preview-digest.ts";
import {
  type ResourceChange,
  type ResourceChangeKind,
  resourceChangeKinds,
  resourceChanges,
  stackOf,
} from "./resource-change.ts";

/** The first line of the comment, by which the workflow finds the one of an earlier run. */
export const commentMarker = "<!-- pulumi-preview -->";

/** Characters that GitHub takes as a comment; more is refused. */
export const commentCharacters = 65_536;

/** Properties of a resource that a row names. */
const shownProperties = 5;

const inWords: { readonly [Kind in ResourceChangeKind]: string } = {
  delete: "to delete",
  replace: "to replace",
  unknown: "with an operation that is not known here",
  forget: "to leave in AWS, no longer managed",
  update: "to update",
  import: "to import",
  create: "to create",
};

/** Whether `pulumi up` would take away what there is. */
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

/** The line that nobody should read over; none where nothing is lost. */
function caution(changes: readonly ResourceChange[]): readonly string[] {
  const lost = changes.filter(isLost);
  const kept = lost.filter(({ isProtected }) => isProtected).length;
  if (lost.length === 0) return [];
  const resources = lost.length === 1 ? "1 resource" : `${lost.length} resources`;
  const refused =
    kept === 0 ? "" : `, **${kept} protected**: \`pulumi up\` refuses that as long as the protection is there`;
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

/** Rows of the table, and characters of an error, that are shown. */
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
    ...(more > 0 ? [`${more} more resources are not shown; what is lost comes first.`] : []),
  ];
}

/** The beginning of a text: a comment has room for other things, too. */
function beginning(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}\n...`;
}

/** As many sections as a comment takes, each whole, and a sentence about the others. */
function fitted(head: string, sections: readonly string[], characters: number): string {
  const whole = `${[head, ...sections].join("\n\n")}\n`;
  if (whole.length <= characters) return whole;
  const end = (left: number) =>
    `\n\n${left} of ${sections.length} sections are left out here, as GitHub takes ${characters} characters; ` +
    "`pulumi preview --diff` shows all of it.\n";
  const room = characters - end(sections.length).length;
  let body = head;
  let left = 0;
  for (const section of sections)
    if (body.length + 2 + section.length <= room) body += `\n\n${section}`;
    else left += 1;
  return body + end(left);
}

/**
 * A preview as the Markdown of a comment on a pull request: what would change, what would be lost, the errors, and the
 * difference of each pipeline's definition. Of the resources' properties only the names are shown, never a value, so that
 * none can be a secret.
 *
 * @param characters how long the comment may be
 */
export function previewComment(preview: PreviewDigest, characters = commentCharacters): string {
  const changes = resourceChanges(preview);
  const stack = stackOf(preview);
  const failures = errors(preview);
  const failed = failures.length > 0;
  const head = [
    commentMarker,
    stack === undefined ? "### Preview" : `### Preview of the stack ${codeSpan(stack)}`,
    ...(failed ? ["**The preview failed**, so what follows may not be all of it."] : []),
    ...(failed && changes.length === 0 ? [] : [summary(changes)]),
    ...caution(changes),
  ];
  const sections = [
    ...failures.map((message) => codeBlock("text", beginning(message))),
    ...resourceSection(changes),
    ...changes.flatMap((change) => pipelineSection(change) ?? []),
  ];
  return fitted(head.join("\n\n"), sections, characters);
}
