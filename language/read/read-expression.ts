import { currentItem } from "../expressions/current-item.ts";
import { executionVariable } from "../expressions/execution-variable.ts";
import {
  type Expression,
  expression,
  type IterationOutput,
  type Parameter,
  type Primitive,
  type PropertyFile,
  type Value,
} from "../expressions/expression.ts";
import { join } from "../expressions/join.ts";
import { jsonGet, propertyFile } from "../expressions/json-get.ts";
import { stringParameter } from "../expressions/parameter.ts";
import { property } from "../expressions/property.ts";
import { unknownReference } from "../expressions/unknown-reference.ts";
import type { Reader } from "./reader.ts";
import * as schema from "./schema.ts";

/** The parameters of the definition that is being read, by name, and the reader that collects problems. */
export interface ReadScope {
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly reader: Reader;
}

/** Matches `Steps.<name>` and the path behind it, which begins with `.` or `[`. */
const stepReference = /^Steps\.([^.[]+)(?:\.(.*)|(\[.*))?$/s;

/** Converts the text of a `Get` to an expression. `checkPipeline` reports references that do not exist. */
export function readReference(get: string, parameters: ReadScope["parameters"]): Expression {
  const [, root = "", rest = ""] = /^(Parameters|Execution|IterationOutput)\.(.+)$/s.exec(get) ?? [];
  if (root === "Parameters") return parameters.get(rest) ?? stringParameter(rest);
  if (root === "Execution") return executionVariable(rest);
  if (root === "IterationOutput") {
    const [step = "", ...path] = rest.split(/\.(.*)/s);
    return expression<IterationOutput>({ kind: "iteration-output", step, path: path[0] ?? "" });
  }
  const item = /^ForEach\.CurrentItem(?:\.(.+)|(\[.*))?$/s.exec(get);
  if (item !== null) return currentItem(item[1] ?? item[2] ?? "");
  const step = stepReference.exec(get);
  if (step === null) return unknownReference(get);
  const [, name = "", path = "", index = ""] = step;
  const file = /^PropertyFiles\.(.+)$/s.exec(path)?.[1];
  if (file !== undefined) return propertyFile(name, file, "", "");
  return index === "" ? property(name, path) : unknownReference(get);
}

/** Returns a value of the document with `Get`, `Std:Join` and `Std:JsonGet` converted to expressions. */
export function readValue(value: unknown, scope: ReadScope, path: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  const read = (item: unknown, key: string) => readValue(item, scope, `${path}${key}`);
  if (Array.isArray(value)) return value.map((item, index) => read(item, `[${index}]`));
  const entries = Object.entries(value);
  const [[key, only] = [undefined, undefined]] = entries.length === 1 ? entries : [];
  if (key === "Get" && typeof only === "string") return readReference(only, scope.parameters);
  if (key === "Std:Join") {
    const parsed = scope.reader.parse(schema.joinFunction, only, `${path}.Std:Join`);
    const values = (parsed?.Values ?? []).map((item, index) => read(item, `.Values[${index}]`));
    return join(parsed?.On ?? "", values as Value<Primitive>[]);
  }
  if (key === "Std:JsonGet") {
    const parsed = scope.reader.parse(schema.jsonGetFunction, only, `${path}.Std:JsonGet`);
    if (parsed === undefined) return undefined;
    const file = read("PropertyFile" in parsed ? parsed.PropertyFile : parsed.S3Uri, ".Std:JsonGet");
    // `checkPipeline` reports a path that is not a text.
    return jsonGet(file as PropertyFile | Value<string>, parsed.Path as string);
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, read(item, `.${name}`)]));
}
