import type { Json, PropertyFileDefinition } from "../../../service-model/definition.ts";
import { isList, isRecord, lookUp, parsePath } from "../../../service-model/property-path.ts";

/** What expressions can see. */
export interface Scope {
  readonly parameters: { readonly [name: string]: Json };
  readonly execution: (variable: string) => Json | undefined;
  /** What a step's job or model package looks like; undefined unless it has ended well. */
  readonly step: (name: string) => Json | undefined;
  readonly propertyFiles: (step: string) => readonly PropertyFileDefinition[];
  /** The text of an S3 object. */
  readonly readObject: (uri: string) => Promise<string>;
}

/** An expression that has no value; the message names it. It becomes the step's failure reason. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/**
 * Replaces every expression in a value by what it stands for. `Get` keeps the type of what it finds.
 *
 * @throws ExpressionError
 */
export async function evaluate(value: Json, scope: Scope): Promise<Json> {
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

function resolveGet(path: string, scope: Scope): Json {
  const [root, name, ...rest] = parsePath(path);
  const found =
    root === "Parameters"
      ? scope.parameters[String(name)]
      : root === "Execution"
        ? scope.execution(String(name))
        : root === "Steps"
          ? lookUp(scope.step(String(name)) ?? null, rest)
          : undefined;
  if (found === undefined) throw new ExpressionError(`${path} has no value in this execution`);
  return found;
}

async function join(argument: { readonly [key: string]: Json }, scope: Scope): Promise<string> {
  const values = await evaluate(argument["Values"] ?? [], scope);
  if (!isList(values)) throw new ExpressionError("Std:Join needs a list of Values");
  return values.map(text).join(String(argument["On"] ?? ""));
}

/** A value as text in a name, an argument or an environment variable. */
export function text(value: Json): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

async function jsonGet(argument: { readonly [key: string]: Json }, scope: Scope): Promise<Json> {
  const uri = await documentOf(argument, scope);
  const path = text(await evaluate(argument["Path"] ?? "", scope));
  const document = parse(uri, await scope.readObject(uri));
  const found = lookUp(document, parsePath(path));
  if (found === undefined) throw new ExpressionError(`${uri} has no value at ${path}`);
  return found;
}

async function documentOf(argument: { readonly [key: string]: Json }, scope: Scope): Promise<string> {
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
