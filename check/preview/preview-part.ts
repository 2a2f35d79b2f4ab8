import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { codeBlock, codeSpan, collapsed } from "../report/content/markdown-text.ts";
import { permissionChanges } from "./permission-changes.ts";
import { pipelineSection, pricedExecution } from "./pipeline-section.ts";
import { type PolicyViolation, violationText } from "./policy-violations.ts";
import type { PreviewDigest } from "./preview-digest.ts";
import { pricedJobSchema } from "./priced-jobs.ts";
import { type ResourceChange, resourceChanges, stackOf } from "./resource-change.ts";
import { caution, changesInWords, isLost, openRows, resourceTable } from "./resource-table.ts";

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

function errors({ diagnostics }: PreviewDigest): readonly string[] {
  return (diagnostics ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => stripVTControlCharacters(message).trim());
}

/** The most characters of an error. */
const shownCharacters = 4000;

/** Cuts a text, so that the comment has room for the rest. */
function beginning(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}\n...`;
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
  const sentence = failed && changes.length === 0 ? undefined : changesInWords(changes);
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
      ...resourceTable(changes),
      ...permissionSection(changes),
      ...changes.flatMap((change) => pipelineSection(change) ?? []),
    ],
    executions: changes.flatMap(
      (change) => pricedExecution(change, typeof region === "string" ? region : undefined) ?? [],
    ),
  };
}
