import type { Json, ParameterDefinition } from "../../service-model/definition.ts";

type Parameters = readonly ParameterDefinition[];

/** What stands in a text for what only the execution knows: a character that no name in AWS has. */
export const open = "\u0000";

/** Texts that are looked at for one value; beyond, its parameters count as unknown. */
const mostTexts = 100;

function isStructure(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parameterTexts(name: string, parameters: Parameters): readonly string[] {
  const { DefaultValue, EnumValues = [] } = parameters.find(({ Name }) => Name === name) ?? {};
  return [...new Set([...(DefaultValue === undefined ? [] : [String(DefaultValue)]), ...EnumValues])];
}

/** Every text that has one of each list, in their order, with `on` between. */
function joined(lists: readonly (readonly string[])[], on: string): readonly string[] {
  const [first = [""], ...rest] = lists;
  return rest.reduce<readonly string[]>((texts, list) => {
    const parts = texts.length * list.length > mostTexts ? [open] : list;
    return texts.flatMap((text) => parts.map((part) => `${text}${on}${part}`));
  }, first);
}

/**
 * The texts that a value of a definition can become in an execution, with {@link open} in the place of what only the
 * execution knows. A parameter is its default and what its enum allows: whoever starts an execution with another value has
 * to allow the role what follows from it.
 *
 * @returns one text for most values; none for a parameter without default and enum
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

/** A text as it is, in a policy: characters that mean something there mean themselves. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars */
export function policyText(text: string): string {
  return text.replace(/[*?$]/g, (character) => `\${${character}}`);
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

/** Members whose content is the job's own business, whatever it is called there. */
const data: ReadonlySet<string> = new Set([
  "ContainerArguments",
  "Environment",
  "HyperParameters",
  "StaticHyperParameters",
  "Tags",
]);

/** Whether a value is the job's data, and so says nothing about what SageMaker does for it. */
export function isData({ path }: PlacedValue): boolean {
  return path.some((key) => data.has(key));
}

/** The texts of every value of a step's arguments that SageMaker acts on and whose key `matches`, with the way to it. */
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

/** A text for people: what is open is said so. */
export function shownText(text: string): string {
  return text === open ? "what only the execution knows" : text.replaceAll(open, "...");
}
