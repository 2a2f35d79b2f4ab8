import { z } from "zod";
import { ExitError, exitCode } from "../../exit-code.ts";
import { permissionChanges } from "../preview/permission-changes.ts";
import { fitted } from "../preview/preview-comment.ts";
import type { PreviewDigest } from "../preview/preview-digest.ts";
import { pipelineType, type ResourceChange, resourceChanges, stackOf } from "../preview/resource-change.ts";
import { changesInWords, resourceTable } from "../preview/resource-table.ts";
import { codeBlock, codeSpan, collapsed } from "../report/content/markdown-text.ts";
import { definitionDrift } from "./definition-drift.ts";

/** How a stack in AWS differs from the code, with nothing but what an issue shows. */
export const driftReportSchema = z.object({
  version: z.literal(1),
  stack: z.string().regex(/^[\w.-]+$/),
  /** How many resources differ. */
  differences: z.int().min(0),
  /** The differences in Markdown. */
  text: z.string(),
});
export type DriftReport = z.infer<typeof driftReportSchema>;

interface Drift {
  readonly change: ResourceChange;
  /** The difference of the definitions, for a pipeline that both sides have. */
  readonly definition?: string;
}

/** Leaves out what differs only in the format of the definition. */
function driftOf(change: ResourceChange): Drift | undefined {
  if (change.type !== pipelineType || change.kind !== "update") return { change };
  const properties = change.properties.filter((path) => !/^pipelineDefinition\b/.test(path));
  // A provider that names no property may mean the definition only.
  if (properties.length === change.properties.length && properties.length > 0) return { change };
  const drift = definitionDrift(change);
  if (!drift.same) return { change, definition: drift.text };
  return properties.length === 0 ? undefined : { change: { ...change, properties } };
}

function definitionSections({ change, definition }: Drift): readonly string[] {
  if (definition === undefined) return [];
  return [
    collapsed(`The definition of ${change.name}, from the account's to the code's`, codeBlock("text", definition)),
  ];
}

/**
 * Describes the differences between a stack in AWS and the code, as the output of `pulumi preview --refresh --json` has them.
 * With --refresh, Pulumi reads each resource first, and compares the program with what it read; the state stays unchanged. The
 * text shows only the names of properties, because their values may be secrets.
 * Source: https://www.pulumi.com/docs/iac/cli/commands/pulumi_preview/
 *
 * @throws ExitError (2) if the preview failed, because a missing difference would then mean nothing
 */
export function driftReport(preview: PreviewDigest): DriftReport {
  const failure = preview.diagnostics?.find(({ severity }) => severity === "error");
  if (failure !== undefined)
    throw new ExitError(
      exitCode.usage,
      `The preview failed (${failure.message.trim().replaceAll(/\s+/g, " ")}), so it shows no drift: fix that and run it again.`,
    );
  const stack = stackOf(preview);
  if (stack === undefined)
    throw new ExitError(exitCode.usage, 'The preview names no stack: give the output of "pulumi preview --json".');
  const drifts = resourceChanges(preview).flatMap((change) => driftOf(change) ?? []);
  const changes = drifts.map(({ change }) => change);
  const permissions = permissionChanges(changes).map((line) => `- ${line}`);
  const head = `The stack ${codeSpan(stack)} in AWS is not what the code says. Resources: ${changesInWords(changes)}`;
  const sections = [
    ...resourceTable(changes),
    ...(permissions.length === 0 ? [] : [`After \`pulumi up\`:\n\n${permissions.join("\n")}`]),
    ...drifts.flatMap(definitionSections),
  ];
  return { version: 1, stack, differences: drifts.length, text: drifts.length === 0 ? "" : fitted(head, sections) };
}
