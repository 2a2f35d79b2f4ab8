import { expression, type Join, type Primitive, type Value } from "./expression.ts";

/**
 * One string of several values, with `on` between them (`Std:Join`). Numbers and booleans become strings, so that a join
 * of one value is how an Integer parameter fits a string; joins nest.
 * Source: https://sagemaker.readthedocs.io/en/stable/workflows/pipelines/sagemaker.workflow.pipelines.html#functions
 */
export function join(on: string, values: readonly Value<Primitive>[]): Join {
  return expression<Join>({ kind: "join", on, values: Object.freeze([...values]) });
}
