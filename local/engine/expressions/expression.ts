import type { Json, PropertyFileDefinition } from "../../../service-model/definition.ts";
import { isList, isRecord, lookUp, parsePath } from "../../../service-model/property-path.ts";

/** The values that expressions can refer to. */
export interface ExpressionScope {
  readonly parameters: { readonly [name: string]: Json };
  readonly execution: (variable: string) => Json | undefined;
  /** Returns the description of a step's job or model package, or undefined if the step has not succeeded. */
  readonly step: (name: string) => Json | undefined;
  readonly propertyFiles: (step: string) => readonly PropertyFileDefinition[];
  /** Reads the text of an S3 object. */
  readonly readObject: (uri: string) => Promise<string>;
}

/** The error for an expression without a value. Its message becomes the step's failure reason. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/**
 * Replaces every expression in a value by its result. `Get` keeps the type of the value.
 *
 * @throws ExpressionError
 */
export async function evaluate(value: Json, scope: ExpressionScope): Promise<Json> {
  if (isList(value)) return Promise.all(value.map((item) => evaluate(item, scope)));
  if (!isRecord(value)) return value;
  const keys = Object.keys(value);
  if (keys.length === 1) {
    const get = value["Get"];
    if (typeof get === "string") return resolveGet(get, scope);
    if (isRecord(value["Std:Join"])) return join(value["Std:Join"], scope);
    if (isRecord(value["Std:JsonGet"])) return jsonGet(value["Std:JsonGet"], scope);
  }
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, item]) => [key, await evaluate(item, scope)] as const),
  );
  return Object.fromEntries(entries);
}

function resolveGet(path: string, scope: ExpressionScope): Json {
  const [root, name, ...rest] = parsePath(path);
  const result =
    root === "Parameters"
      ? scope.parameters[String(name)]
      : root === "Execution"
        ? scope.execution(String(name))
        : root === "Steps"
          ? lookUp(scope.step(String(name)) ?? null, rest)
          : undefined;
  if (result === undefined) throw new ExpressionError(`${path} has no value in this execution`);
  return result;
}

async function join(argument: { readonly [key: string]: Json }, scope: ExpressionScope): Promise<string> {
  const values = await evaluate(argument["Values"] ?? [], scope);
  if (!isList(values)) throw new ExpressionError("Std:Join needs a list of Values");
  return values.map(text).join(String(argument["On"] ?? ""));
}

/** Returns a value as the text in a name, an argument or an environment variable. */
export function text(value: Json): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

async function jsonGet(argument: { readonly [key: string]: Json }, scope: ExpressionScope): Promise<Json> {
  const uri = await documentOf(argument, scope);
  const path = text(await evaluate(argument["Path"] ?? "", scope));
  const document = parse(uri, await scope.readObject(uri));
  const value = lookUp(document, parsePath(path));
  if (value === undefined) throw new ExpressionError(`${uri} has no value at ${path}`);
  return value;
}

async function documentOf(argument: { readonly [key: string]: Json }, scope: ExpressionScope): Promise<string> {
  if (argument["S3Uri"] !== undefined) return text(await evaluate(argument["S3Uri"], scope));
  const reference = argument["PropertyFile"];
  const get = isRecord(reference) ? String(reference["Get"]) : "";
  const [, step, , name] = parsePath(get);
  const file = scope.propertyFiles(String(step)).find((each) => each.PropertyFileName === name);
  if (file === undefined) throw new ExpressionError(`${get || "Std:JsonGet"} names no property file of this pipeline`);
  const folder = resolveGet(`Steps.${step}.ProcessingOutputConfig.Outputs['${file.OutputName}'].S3Output.S3Uri`, scope);
  return `${text(folder).replace(/\/+$/, "")}/${file.FilePath}`;
}

function parse(uri: string, content: string): Json {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new ExpressionError(`${uri} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
