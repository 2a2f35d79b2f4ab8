import { type Expression, expression, type Primitive, type Value } from "./expression.ts";

declare const content: unique symbol;

/**
 * A JSON file in an output of a processing step, declared on the step so that expressions can read it. As a whole it is
 * no value: {@link jsonGet} reads one out of it.
 */
export interface PropertyFile extends Expression<{ readonly [content]: never }> {
  readonly kind: "property-file";
  readonly step: string;
  readonly name: string;
  readonly output: string;
  readonly path: string;
}

/** The property file `name` of the step `step`: the file at `path` in its output `output`. */
export function propertyFile(step: string, name: string, output: string, path: string): PropertyFile {
  return expression<PropertyFile>({ kind: "property-file", step, name, output, path });
}

/** One value of a JSON file: `file` is a property file, or the S3 URI of any JSON file. */
export interface JsonGet<out T = Primitive> extends Expression<T> {
  readonly kind: "json-get";
  readonly file: PropertyFile | Value<string>;
  readonly path: string;
}

/**
 * One value of a property file (`Std:JsonGet`), by its path, such as `regression_metrics.mse.value` or `a[0].b`. The
 * file's content is the script's business: `T` says what the author knows to be there. In place of a property file it
 * takes the S3 URI of a JSON file, of at most 2 MB.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-propertyfile.html
 */
export function jsonGet<T extends Primitive = number>(
  file: PropertyFile | Value<string>,
  path: string,
): JsonGet<NoInfer<T>> {
  return expression<JsonGet<NoInfer<T>>>({ kind: "json-get", file, path });
}
