import type { Json, ParameterDefinition } from "../../service-model/definition.ts";

type Parameters = readonly ParameterDefinition[];

/** Marks a part of a text that is known only during an execution. No AWS name contains this character. */
export const open = "\u0000";

/** The most texts for one value. With more combinations, parameters count as unknown. */
const mostTexts = 100;

function isStructure(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parameterTexts(name: string, parameters: Parameters): readonly string[] {
  const { DefaultValue, EnumValues = [] } = parameters.find(({ Name }) => Name === name) ?? {};
  return [...new Set([...(DefaultValue === undefined ? [] : [String(DefaultValue)]), ...EnumValues])];
}

/** Returns every combination of one text from each list, joined with `on`. */
function joined(lists: readonly (readonly string[])[], on: string): readonly string[] {
  const [first = [""], ...rest] = lists;
  return rest.reduce<readonly string[]>((texts, list) => {
    const parts = texts.length * list.length > mostTexts ? [open] : list;
    return texts.flatMap((text) => parts.map((part) => `${text}${on}${part}`));
  }, first);
}

/**
 * Returns the texts that a value of a definition can have in an execution, with {@link open} for the parts that are known only
 * then. A parameter counts as its default and its enum values. Whoever starts an execution with another value has to extend
 * the role.
 *
 * @returns one text for most values; an empty list for a parameter without a default and an enum
 */
export function valuePatterns(value: Json | undefined, parameters: Parameters): readonly string[] {
  if (typeof value === "string") return [value];
  if (!isStructure(value)) return value === undefined || value === null ? [] : [String(value)];
  const { Get: get, "Std:Join": join } = value;
  if (typeof get === "string") {
    const [, parameter] = /^Parameters\.(.+)$/.exec(get) ?? [];
    return parameter === undefined ? [open] : parameterTexts(parameter, parameters);
  }
  if (!isStructure(join)) return [open];
  const parts = (join["Values"] ?? []) as readonly Json[];
  const lists = parts
    .map((part) => valuePatterns(part, parameters))
    .map((texts) => (texts.length > 0 ? texts : [open]));
  return joined(lists, String(join["On"] ?? ""));
}

/** Escapes the special characters of policies in a text. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars */
export function policyText(text: string): string {
  return text.replace(/[*?$]/g, (character) => `\${${character}}`);
}

/** A value in a step's arguments, and the path of keys to it. */
export interface PlacedValue {
  readonly path: readonly string[];
  readonly value: Json;
}

function isExpression(value: { readonly [key: string]: Json }): boolean {
  const [key = "", ...others] = Object.keys(value);
  return others.length === 0 && (key === "Get" || key.startsWith("Std:"));
}

/** Returns every scalar and expression inside a value, with its path. */
export function places(value: Json, path: readonly string[] = []): readonly PlacedValue[] {
  if (Array.isArray(value)) return value.flatMap((item) => places(item as Json, path));
  if (!isStructure(value) || isExpression(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]));
}

/** Members whose content only the job itself reads. */
const data: ReadonlySet<string> = new Set([
  "ContainerArguments",
  "Environment",
  "HyperParameters",
  "StaticHyperParameters",
  "Tags",
]);

/** Tells whether only the job itself reads a value, so that SageMaker needs no permission because of it. */
export function isData({ path }: PlacedValue): boolean {
  return path.some((key) => data.has(key));
}

/** Returns the texts of all values that SageMaker itself uses and whose path `matches`, each with its path. */
export function namedTexts(
  value: Json,
  parameters: Parameters,
  matches: (path: readonly string[]) => boolean,
): readonly { readonly path: string; readonly text: string }[] {
  return places(value)
    .filter((place) => !isData(place) && matches(place.path))
    .flatMap(({ path, value: placed }) => {
      const texts = valuePatterns(placed, parameters);
      return (texts.length === 0 ? [open] : texts).map((text) => ({ path: path.join("."), text }));
    });
}

/** Formats a text for a message, with words in place of {@link open}. */
export function shownText(text: string): string {
  return text === open ? "a value that is known only during an execution" : text.replaceAll(open, "...");
}
