import { z } from "zod";
import { LocalError } from "../wire/local-error.ts";
import { type FaultRule, type FaultRuleInput, faultRule } from "./fault-rule.ts";

/** Faults that change an answer's members, which only JSON has here. */
const ofJson = new Set<FaultRule["fault"]>(["page-size", "repeated-page-token", "status"]);

/** One rule, a list of them, or `{ "faults": [...] }`. */
function asList(value: unknown): unknown {
  if (Array.isArray(value)) return value;
  const isObject = typeof value === "object" && value !== null;
  return isObject && "faults" in value && Object.keys(value).length === 1 ? value.faults : [value];
}

/**
 * Rules from JSON text.
 *
 * @param where what the message begins with, such as a file's name
 * @throws LocalError `usage`, one line with every mistake
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

/** @throws LocalError `usage`, one line with every mistake */
export function checkedFaults(rules: readonly FaultRuleInput[], where: string): readonly FaultRule[] {
  const { success, data, error } = z.array(faultRule).safeParse(rules);
  if (!success) throw new LocalError("usage", `${where}: ${error.issues.map(problem).join("; ")}`);
  for (const [index, { fault, service }] of data.entries()) {
    if (ofJson.has(fault) && service === "s3")
      throw new LocalError("usage", `${where}: faults[${index}]: ${fault} changes JSON, which S3 does not answer`);
  }
  return data;
}

function problem({ path, message, code }: z.core.$ZodIssue): string {
  const [index, ...members] = path;
  const place = index === undefined ? "faults" : [`faults[${String(index)}]`, ...members.map(String)].join(".");
  const known = faultRule.options.map(({ shape }) => shape.fault.value).join(", ");
  return code === "invalid_union" ? `${place}: no such fault; there are ${known}` : `${place}: ${message}`;
}
