import type { Primitive, Value } from "./expression.ts";

/** A comparison; the types of the service that take a left and a right value. */
export interface Condition {
  readonly type: "LessThanOrEqualTo";
  readonly left: Value<Primitive>;
  readonly right: Value<Primitive>;
}

/** True if `left <= right`, for numbers. */
export function lessThanOrEqualTo(left: Value<number>, right: Value<number>): Condition {
  return Object.freeze({ type: "LessThanOrEqualTo", left, right });
}
