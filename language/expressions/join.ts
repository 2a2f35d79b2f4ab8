import { expression, type Join, type Primitive, type Value } from "./expression.ts";

/**
 * Returns an expression for the values as one string, with `on` between them (`Std:Join`). Numbers and booleans become
 * strings. A join of one value therefore converts an Integer parameter to a string. Joins can be nested.
 * Source: https://sagemaker.readthedocs.io/en/stable/workflows/pipelines/sagemaker.workflow.pipelines.html#functions
 */
export function join(on: string, values: readonly Value<Primitive>[]): Join {
  return expression<Join>({ kind: "join", on, values: Object.freeze([...values]) });
}
