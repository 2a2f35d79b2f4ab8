import type { Expression, Primitive, Value } from "./expression.ts";

export interface Join extends Expression<string> {
  readonly kind: "join";
  readonly on: string;
  readonly values: readonly Value<Primitive>[];
}

/**
 * One string of several values, with `on` between them (`Std:Join`). Numbers and booleans become strings; joins nest.
 * Source: https://sagemaker.readthedocs.io/en/stable/workflows/pipelines/sagemaker.workflow.pipelines.html#functions
 */
export function join(on: string, values: readonly Value<Primitive>[]): Join {
  return Object.freeze({ kind: "join", on, values: Object.freeze([...values]) });
}
