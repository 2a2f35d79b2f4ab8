import type { Json, ParameterDefinition } from "../../pipelines/sagemaker/definition.ts";

type Parameters = readonly ParameterDefinition[];

function isStructure(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parameterTexts(name: string, parameters: Parameters): readonly string[] {
  const { DefaultValue, EnumValues = [] } = parameters.find(({ Name }) => Name === name) ?? {};
  return [...new Set([...(DefaultValue === undefined ? [] : [String(DefaultValue)]), ...EnumValues])];
}

/** Every text that has one of each list, in their order, with `on` between. */
function joined(lists: readonly (readonly string[])[], on: string): readonly string[] {
  return lists.reduce<readonly string[]>(
    (texts, list, index) => texts.flatMap((text) => list.map((part) => (index === 0 ? part : `${text}${on}${part}`))),
    [""],
  );
}

/**
 * The texts that a value of a definition can become in an execution, with `*` in the place of what only the execution
 * knows. A parameter is its default and what its enum allows: whoever starts an execution with another value has to
 * allow the role what follows from it.
 *
 * @returns one text for most values; none for a parameter without default and enum
 */
export function valuePatterns(value: Json | undefined, parameters: Parameters): readonly string[] {
  if (typeof value === "string") return [value];
  if (!isStructure(value)) return value === undefined || value === null ? [] : [String(value)];
  const { Get: get, "Std:Join": join } = value;
  if (typeof get === "string") {
    const [, parameter] = /^Parameters\.(.+)$/.exec(get) ?? [];
    return parameter === undefined ? ["*"] : parameterTexts(parameter, parameters);
  }
  if (!isStructure(join)) return ["*"];
  const parts = (join["Values"] ?? []) as readonly Json[];
  const lists = parts.map((part) => valuePatterns(part, parameters)).map((texts) => (texts.length > 0 ? texts : ["*"]));
  return joined(lists, String(join["On"] ?? ""));
}

/** A value in a step's arguments, and the keys on the way to it. */
export interface PlacedValue {
  readonly path: readonly string[];
  readonly value: Json;
}

function isExpression(value: { readonly [key: string]: Json }): boolean {
  const [key = "", ...others] = Object.keys(value);
  return others.length === 0 && (key === "Get" || key.startsWith("Std:"));
}

/** Every single value and expression in a value, with the way to it. */
export function places(value: Json, path: readonly string[] = []): readonly PlacedValue[] {
  if (Array.isArray(value)) return value.flatMap((item) => places(item as Json, path));
  if (!isStructure(value) || isExpression(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]));
}
