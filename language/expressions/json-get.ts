import { expression, type JsonGet, type Primitive, type PropertyFile, type Value } from "./expression.ts";

/** The property file `name` of the step `step`: the file at `path` in its output `output`. */
export function propertyFile(step: string, name: string, output: string, path: string): PropertyFile {
  return expression<PropertyFile>({ kind: "property-file", step, name, output, path });
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
