import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { ExitError, exitCode } from "../../exit-code.ts";
import { partsOf } from "./urn.ts";

/** A resource that the policy pack objects to. */
export interface PolicyViolation {
  /** The resource's type and its name in the program; for a rule about several resources, those of the stack. */
  readonly resource: string;
  readonly rule: string;
  /** Whether it makes the preview fail. */
  readonly rejects: boolean;
  /** The problem and its fix. */
  readonly message: string;
}

const engineEvent = z.object({
  policyEvent: z
    .object({
      resourceUrn: z.string().default(""),
      message: z.string(),
      policyName: z.string(),
      enforcementLevel: z.string(),
    })
    .optional(),
});

/** Removes the marks with which Pulumi colours a text: escape sequences, or `<{%reset%}>` before it prints. */
function plain(text: string): string {
  return stripVTControlCharacters(text.replaceAll(/<\{%.*?%\}>/g, "")).trim();
}

/**
 * Reads the policy events of `pulumi preview --event-log FILE`, a JSON object a line. `pulumi preview --json` leaves them out.
 * Source: EngineEvent in https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/events.go
 *
 * @throws ExitError (2) if a line is anything else
 */
export function parsePolicyViolations(text: string): readonly PolicyViolation[] {
  const lines = text.split("\n").map((line, index) => [line, index + 1] as const);
  const all = lines.flatMap(([line, number]) => (line.trim() === "" ? [] : (policyEvent(line, number) ?? [])));
  return all.map(({ resourceUrn, message, policyName, enforcementLevel }) => {
    const { type, name } = partsOf(resourceUrn);
    const resource = `${type} ${name}`.trim() || "the stack";
    return { resource, rule: policyName, rejects: enforcementLevel === "mandatory", message: plain(message) };
  });
}

function policyEvent(line: string, number: number) {
  try {
    return engineEvent.parse(JSON.parse(line)).policyEvent;
  } catch {
    throw new ExitError(
      exitCode.usage,
      `The events cannot be read (line ${number}): give the file of "pulumi preview --event-log".`,
    );
  }
}

/** Formats violations as text, those first that reject the preview: the resource and the rule, then the problem and its fix. */
export function violationText(violations: readonly PolicyViolation[]): string {
  const ordered = [...violations].sort((one, two) => Number(two.rejects) - Number(one.rejects));
  return ordered
    .map(({ resource, rule, rejects, message }) => {
      const indented = message.replaceAll(/^/gm, "  ");
      return `${rejects ? "rejected" : "warning"}: ${resource} (${rule})\n${indented}`;
    })
    .join("\n");
}
