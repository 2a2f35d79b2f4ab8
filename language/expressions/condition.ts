import type { Expression, Primitive, Value } from "./expression.ts";

/** The operators that compare two values. */
export type ComparisonType = "Equals" | "GreaterThan" | "GreaterThanOrEqualTo" | "LessThan" | "LessThanOrEqualTo";

/** A condition that compares two values. */
export interface Comparison {
  readonly type: ComparisonType;
  readonly left: Value<Primitive>;
  readonly right: Value<Primitive>;
}

/** A condition that a value is in a list. */
export interface InCondition {
  readonly type: "In";
  readonly value: Value<Primitive>;
  readonly values: readonly Value<Primitive>[];
}

/** A condition that holds if another condition does not. */
export interface NotCondition {
  readonly type: "Not";
  readonly condition: Condition;
}

/** Conditions of which at least one must hold. */
export interface OrCondition {
  readonly type: "Or";
  readonly conditions: readonly Condition[];
}

/**
 * A condition of a Condition step. Conditions can be nested. `And` does not exist, because all conditions of a step
 * must hold.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-condition
 */
export type Condition = Comparison | InCondition | NotCondition | OrCondition;

function comparison(type: ComparisonType, left: Value<Primitive>, right: Value<Primitive>): Comparison {
  return Object.freeze({ type, left, right });
}

/** Returns a condition that holds if `left` equals `right`. Both must have the same type. */
export function equals(left: Value<string>, right: Value<string>): Condition;
export function equals(left: Value<number>, right: Value<number>): Condition;
export function equals(left: Value<boolean>, right: Value<boolean>): Condition;
export function equals(left: Value<Primitive>, right: Value<Primitive>): Condition {
  return comparison("Equals", left, right);
}

/** Returns a condition that holds if `left > right`. */
export function greaterThan(left: Value<number>, right: Value<number>): Condition {
  return comparison("GreaterThan", left, right);
}

/** Returns a condition that holds if `left >= right`. */
export function greaterThanOrEqualTo(left: Value<number>, right: Value<number>): Condition {
  return comparison("GreaterThanOrEqualTo", left, right);
}

/** Returns a condition that holds if `left < right`. */
export function lessThan(left: Value<number>, right: Value<number>): Condition {
  return comparison("LessThan", left, right);
}

/** Returns a condition that holds if `left <= right`. */
export function lessThanOrEqualTo(left: Value<number>, right: Value<number>): Condition {
  return comparison("LessThanOrEqualTo", left, right);
}

/** Returns a condition that holds if `value` is in `values`. */
export function isIn(value: Value<string>, values: readonly Value<string>[]): Condition;
export function isIn(value: Value<number>, values: readonly Value<number>[]): Condition;
export function isIn(value: Value<Primitive>, values: readonly Value<Primitive>[]): Condition {
  return Object.freeze({ type: "In", value, values: Object.freeze([...values]) });
}

/** Returns a condition that holds if `condition` does not. */
export function not(condition: Condition): Condition {
  return Object.freeze({ type: "Not", condition });
}

/** Returns a condition that holds if at least one of `conditions` holds. */
export function or(...conditions: readonly Condition[]): Condition {
  return Object.freeze({ type: "Or", conditions: Object.freeze(conditions) });
}

/** Returns the values that a condition compares, each with its path in the condition. */
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
