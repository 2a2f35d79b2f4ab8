import { expression, type JsonGet, type Primitive, type PropertyFile, type Value } from "./expression.ts";

/** Returns the property file `name` of the step `step`, which is the file at `path` in the output `output`. */
export function propertyFile(step: string, name: string, output: string, path: string): PropertyFile {
  return expression<PropertyFile>({ kind: "property-file", step, name, output, path });
}

/**
 * Returns an expression for one value of a JSON file (`Std:JsonGet`), at a path such as `regression_metrics.mse.value`
 * or `a[0].b`. The author declares the value's type as `T`, because the compiler does not know the file. The file is a
 * property file or the S3 URI of a JSON file of at most 2 MB.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-propertyfile.html
 */
export function jsonGet<T extends Primitive = number>(
  file: PropertyFile | Value<string>,
  path: string,
): JsonGet<NoInfer<T>> {
  return expression<JsonGet<NoInfer<T>>>({ kind: "json-get", file, path });
}
