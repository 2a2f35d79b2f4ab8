import type { Expression, Primitive, Value } from "./expression.ts";

/** The comparisons of two values. */
export type ComparisonType = "Equals" | "GreaterThan" | "GreaterThanOrEqualTo" | "LessThan" | "LessThanOrEqualTo";

/** Two values and how they are compared. */
export interface Comparison {
  readonly type: ComparisonType;
  readonly left: Value<Primitive>;
  readonly right: Value<Primitive>;
}

/** A value, and those it may be one of. */
export interface InCondition {
  readonly type: "In";
  readonly value: Value<Primitive>;
  readonly values: readonly Value<Primitive>[];
}

/** The opposite of a condition. */
export interface NotCondition {
  readonly type: "Not";
  readonly condition: Condition;
}

/** Conditions of which one is enough. */
export interface OrCondition {
  readonly type: "Or";
  readonly conditions: readonly Condition[];
}

/**
 * What a condition step decides by. Conditions nest; all those of a step have to hold, so that there is no And.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-condition
 */
export type Condition = Comparison | InCondition | NotCondition | OrCondition;

function comparison(type: ComparisonType, left: Value<Primitive>, right: Value<Primitive>): Comparison {
  return Object.freeze({ type, left, right });
}

/** True if `left` and `right` are the same. Both have to be of one type. */
export function equals(left: Value<string>, right: Value<string>): Condition;
export function equals(left: Value<number>, right: Value<number>): Condition;
export function equals(left: Value<boolean>, right: Value<boolean>): Condition;
export function equals(left: Value<Primitive>, right: Value<Primitive>): Condition {
  return comparison("Equals", left, right);
}

/** True if `left > right`. */
export function greaterThan(left: Value<number>, right: Value<number>): Condition {
  return comparison("GreaterThan", left, right);
}

/** True if `left >= right`. */
export function greaterThanOrEqualTo(left: Value<number>, right: Value<number>): Condition {
  return comparison("GreaterThanOrEqualTo", left, right);
}

/** True if `left < right`. */
export function lessThan(left: Value<number>, right: Value<number>): Condition {
  return comparison("LessThan", left, right);
}

/** True if `left <= right`. */
export function lessThanOrEqualTo(left: Value<number>, right: Value<number>): Condition {
  return comparison("LessThanOrEqualTo", left, right);
}

/** True if `value` is one of `values`. */
export function isIn(value: Value<string>, values: readonly Value<string>[]): Condition;
export function isIn(value: Value<number>, values: readonly Value<number>[]): Condition;
export function isIn(value: Value<Primitive>, values: readonly Value<Primitive>[]): Condition {
  return Object.freeze({ type: "In", value, values: Object.freeze([...values]) });
}

/** True if `condition` is false. */
export function not(condition: Condition): Condition {
  return Object.freeze({ type: "Not", condition });
}

/** True if at least one of `conditions` is. */
export function or(...conditions: readonly Condition[]): Condition {
  return Object.freeze({ type: "Or", conditions: Object.freeze(conditions) });
}

/** The expressions and plain values that a condition compares. */
export function operands(condition: Condition): readonly (readonly [string, Value<Primitive> | Expression])[] {
  switch (condition.type) {
    case "In":
      return [
        ["QueryValue", condition.value],
        ...condition.values.map((value, index) => [`Values[${index}]`, value] as const),
      ];
    case "Not":
      return operands(condition.condition).map(([path, value]) => [`Condition.${path}`, value]);
    case "Or":
      return condition.conditions.flatMap((each, index) =>
        operands(each).map(([path, value]) => [`Conditions[${index}].${path}`, value] as const),
      );
    default:
      return [
        ["LeftValue", condition.left],
        ["RightValue", condition.right],
      ];
  }
}
