import type { Json } from "../../../service-model/definition.ts";
import { isList, isRecord } from "../../../service-model/property-path.ts";

/**
 * Tells whether a condition holds. Its expressions must already be evaluated.
 *
 * @throws Error for values that cannot be compared and for an unknown type of condition
 */
export function holds(condition: Json): boolean {
  if (!isRecord(condition)) throw new Error(`a condition must be an object, got ${JSON.stringify(condition)}`);
  const left = condition["LeftValue"];
  const right = condition["RightValue"];
  switch (condition["Type"]) {
    case "Equals":
      return left === right;
    case "GreaterThan":
      return compare(left, right, ">") > 0;
    case "GreaterThanOrEqualTo":
      return compare(left, right, ">=") >= 0;
    case "LessThan":
      return compare(left, right, "<") < 0;
    case "LessThanOrEqualTo":
      return compare(left, right, "<=") <= 0;
    case "In":
      return listOf(condition["Values"]).some((value) => value === condition["QueryValue"]);
    case "Not":
      return !holds(condition["Condition"] ?? null);
    case "Or":
      return listOf(condition["Conditions"]).some(holds);
    default:
      throw new Error(`the condition type ${JSON.stringify(condition["Type"])} does not exist`);
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value !== undefined && isList(value)) return value;
  throw new Error(`a condition needs a list, got ${JSON.stringify(value)}`);
}

/** Compares two numbers. Throws for all other values, so that a metric which is null or a text fails its step. */
function compare(left: Json | undefined, right: Json | undefined, sign: string): number {
  if (typeof left !== "number" || typeof right !== "number") {
    throw new Error(`${JSON.stringify(left)} ${sign} ${JSON.stringify(right)} does not compare two numbers`);
  }
  return left - right;
}
