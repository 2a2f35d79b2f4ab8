import assert from "node:assert/strict";
import { holds } from "../../../../local/engine/expressions/condition.ts";
import type { Json } from "../../../../service-model/definition.ts";

const two = (Type: string, LeftValue: Json, RightValue: Json): Json => ({ Type, LeftValue, RightValue });

describe("holds", () => {
  const table: readonly [Json, boolean][] = [
    [two("Equals", "a", "a"), true],
    [two("Equals", 1, "1"), false],
    [two("GreaterThan", 1, 1), false],
    [two("GreaterThan", 2, 1), true],
    [two("GreaterThanOrEqualTo", 1, 1), true],
    [two("LessThan", 1, 1), false],
    [two("LessThanOrEqualTo", 6, 6), true],
    [two("LessThanOrEqualTo", 6.01, 6), false],
    [{ Type: "In", QueryValue: "b", Values: ["a", "b"] }, true],
    [{ Type: "In", QueryValue: "c", Values: ["a", "b"] }, false],
    [{ Type: "Not", Condition: two("Equals", 1, 2) }, true],
    [{ Type: "Or", Conditions: [two("Equals", 1, 2), two("LessThan", 1, 2)] }, true],
    [{ Type: "Or", Conditions: [] }, false],
  ];
  for (const [condition, expected] of table) {
    it(`returns ${expected} for ${JSON.stringify(condition)}`, () => assert.equal(holds(condition), expected));
  }

  const rejected: readonly Json[] = [
    two("LessThanOrEqualTo", "5", 6),
    two("LessThanOrEqualTo", null, 6),
    two("LessThan", true, 6),
    { Type: "In", QueryValue: "a" },
    { Type: "Between" },
    "yes",
  ];
  for (const condition of rejected) {
    it(`rejects ${JSON.stringify(condition)}`, () => assert.throws(() => holds(condition)));
  }
});
