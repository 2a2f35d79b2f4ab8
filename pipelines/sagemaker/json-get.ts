import type { Expression, Primitive } from "./expression.ts";

/** A JSON file in an output of a processing step, declared on the step so that expressions can read it. */
export interface PropertyFile extends Expression<never> {
  readonly kind: "property-file";
  readonly step: string;
  readonly name: string;
  readonly output: string;
  readonly path: string;
}

export interface JsonGet<out T = Primitive> extends Expression<T> {
  readonly kind: "json-get";
  readonly file: PropertyFile;
  readonly path: string;
}

/**
 * One value of a property file (`Std:JsonGet`), by its path, such as `regression_metrics.mse.value` or `a[0].b`. The
 * file's content is the script's business: `T` says what the author knows to be there.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-propertyfile.html
 */
export function jsonGet<T extends Primitive = number>(file: PropertyFile, path: string): JsonGet<T> {
  return Object.freeze({ kind: "json-get", file, path });
}
