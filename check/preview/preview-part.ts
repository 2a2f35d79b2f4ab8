import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { codeBlock, codeSpan, collapsed, table } from "../report/content/markdown-text.ts";
import { permissionChanges } from "./permission-changes.ts";
import { pipelineSection, pricedExecution } from "./pipeline-section.ts";
import { type PolicyViolation, violationText } from "./policy-violations.ts";
import type { PreviewDigest } from "./preview-digest.ts";
import { pricedJobSchema } from "./priced-jobs.ts";
import {
  type ResourceChange,
  type ResourceChangeKind,
  resourceChangeKinds,
  resourceChanges,
  stackOf,
} from "./resource-change.ts";

/** What a preview says, as the Markdown of the comment, and the values from which the comment computes the cost. */
export const previewPartSchema = z.object({
  version: z.literal(1),
  stack: z.string().optional(),
  state: z.enum(["passed", "failed", "rejected"]),
  /** How many resources are lost: deleted or replaced. */
  lost: z.number(),
  /** What would change, in a sentence. */
  summary: z.string().optional(),
  rejections: z.number(),
  head: z.array(z.string()),
  sections: z.array(z.string()),
  executions: z.array(
    z.object({ pipeline: z.string(), region: z.string().optional(), jobs: z.array(pricedJobSchema).readonly() }),
  ),
});
export type PreviewPart = z.infer<typeof previewPartSchema>;

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

/** The most lost resources that the warning names. */
const shownLost = 10;

/** Returns the warning about resources that would be lost, if there are any. */
function caution(changes: readonly ResourceChange[]): readonly string[] {
  const lost = changes.filter(isLost);
  const kept = lost.filter(({ isProtected }) => isProtected).length;
  if (lost.length === 0) return [];
  const names = lost.slice(0, shownLost).map(({ kind, type, name }) => `${kind} ${codeSpan(`${type} ${name}`)}`);
  const more = lost.length > names.length ? `, and ${lost.length - names.length} more` : "";
  const resources = lost.length === 1 ? "1 resource" : `${lost.length} resources`;
  const refused = kept === 0 ? "" : `, **${kept} protected**: \`pulumi up\` fails until their protection is removed`;
  return [`> [!CAUTION]\n> ${resources} would be deleted or replaced${refused}. They are: ${names.join(", ")}${more}.`];
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
/** The most rows and lines that are shown without a click. */
const openRows = 12;

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

/** Folds a table that would push the rest of the comment away. */
function foldedTable(changes: readonly ResourceChange[]): readonly string[] {
  const parts = resourceSection(changes);
  if (changes.length <= openRows) return parts;
  return [collapsed(`The ${changes.length} resources`, parts.join("\n\n"))];
}

function permissionSection(changes: readonly ResourceChange[]): readonly string[] {
  const lines = permissionChanges(changes).map((line) => `- ${line}`);
  if (lines.length === 0) return [];
  const title = "#### Permissions";
  if (lines.length <= openRows) return [`${title}\n\n${lines.join("\n")}`];
  return [`${title}\n\n${collapsed(`${lines.length} changes`, lines.join("\n"))}`];
}

/**
 * Describes a preview: the changes, the losses, the errors, the permissions, and the differences of each pipeline's definition.
 * Shows only the names of properties, because their values may be secrets.
 *
 * @param violations what the policy pack says about the preview
 */
export function previewPart(preview: PreviewDigest, violations: readonly PolicyViolation[] = []): PreviewPart {
  const changes = resourceChanges(preview);
  const stack = stackOf(preview);
  const failures = errors(preview);
  const rejections = violations.filter(({ rejects }) => rejects).length;
  const failed = failures.length > 0 || rejections > 0;
  const sentence = failed && changes.length === 0 ? undefined : summary(changes);
  const region = preview.config?.["aws:region"];
  return {
    version: 1,
    stack,
    state: rejections > 0 ? "rejected" : failed ? "failed" : "passed",
    lost: changes.filter(isLost).length,
    summary: sentence,
    rejections,
    head: [
      stack === undefined ? "### Preview" : `### Preview of the stack ${codeSpan(stack)}`,
      ...(failed ? ["**The preview failed**, so this list may be incomplete."] : []),
      ...(rejections > 0 ? ["**The policy pack rejects this change.**"] : []),
      ...(sentence === undefined ? [] : [sentence]),
      ...caution(changes),
    ],
    sections: [
      ...(violations.length === 0 ? [] : [codeBlock("text", beginning(violationText(violations)))]),
      ...failures.map((message) => codeBlock("text", beginning(message))),
      ...foldedTable(changes),
      ...permissionSection(changes),
      ...changes.flatMap((change) => pipelineSection(change) ?? []),
    ],
    executions: changes.flatMap(
      (change) => pricedExecution(change, typeof region === "string" ? region : undefined) ?? [],
    ),
  };
}
