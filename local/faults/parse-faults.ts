import { z } from "zod";
import { LocalError } from "../wire/local-error.ts";
import { type FaultRule, type FaultRuleInput, faultRule } from "./fault-rule.ts";

/** Faults that change members of an answer, which works only for JSON answers. */
const ofJson = new Set<FaultRule["fault"]>(["page-size", "repeated-page-token", "status"]);

/** Returns the list of rules in one rule, a list of rules, or `{ "faults": [...] }`. */
function asList(value: unknown): unknown {
  if (Array.isArray(value)) return value;
  const isObject = typeof value === "object" && value !== null;
  return isObject && "faults" in value && Object.keys(value).length === 1 ? value.faults : [value];
}

/**
 * Parses rules from JSON text.
 *
 * @param where the origin of the text, such as a file's name, with which error messages begin
 * @throws LocalError `usage`, one line with all mistakes
 */
export function parseFaults(text: string, where: string): readonly FaultRule[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LocalError("usage", `${where} is not JSON: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
  return checkedFaults(asList(value) as readonly FaultRuleInput[], where);
}

/** Checks rules and fills in their defaults. @throws LocalError `usage`, one line with all mistakes */
export function checkedFaults(rules: readonly FaultRuleInput[], where: string): readonly FaultRule[] {
  const { success, data, error } = z.array(faultRule).safeParse(rules);
  if (!success) throw new LocalError("usage", `${where}: ${error.issues.map(problem).join("; ")}`);
  for (const [index, { fault, service }] of data.entries()) {
    if (ofJson.has(fault) && service === "s3")
      throw new LocalError(
        "usage",
        `${where}: faults[${index}]: ${fault} does not work with S3, because it changes JSON answers: give another service`,
      );
  }
  return data;
}

function problem({ path, message, code }: z.core.$ZodIssue): string {
  const [index, ...members] = path;
  const place = index === undefined ? "faults" : [`faults[${String(index)}]`, ...members.map(String)].join(".");
  const known = faultRule.options.map(({ shape }) => shape.fault.value).join(", ");
  return code === "invalid_union" ? `${place}: unknown fault; the faults are ${known}` : `${place}: ${message}`;
}
