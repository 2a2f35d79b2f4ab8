import type { Json } from "../../service-model/definition.ts";

/** The leaves of a document by path. A leaf is a value that is compared as a whole. */
export type Leaves = ReadonlyMap<string, Json>;

/** The members that name an item of a list. Items with the same name are matched, whatever their positions. */
const names = [
  "Name",
  "Key",
  "InputName",
  "OutputName",
  "ChannelName",
  "PropertyFileName",
  "DefinitionName",
  "StepName",
];

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tells whether a value is an expression, which is compared as a whole. */
function isExpression(value: { readonly [key: string]: Json }): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && ["Get", "Std:Join", "Std:JsonGet"].includes(keys[0] ?? "");
}

function itemKeys(list: readonly Json[]): readonly string[] {
  const key = names.find((name) => list.every((item) => isRecord(item) && typeof item[name] === "string"));
  const keys = list.map((item, index) =>
    key === undefined ? String(index) : String((item as Record<string, Json>)[key]),
  );
  return new Set(keys).size === keys.length ? keys : list.map((_, index) => String(index));
}

function collect(value: Json, path: string, leaves: Map<string, Json>): void {
  if (Array.isArray(value) && value.length > 0) {
    const keys = itemKeys(value);
    value.forEach((item: Json, index) => {
      collect(item, `${path}[${keys[index]}]`, leaves);
    });
  } else if (isRecord(value) && Object.keys(value).length > 0 && !isExpression(value)) {
    for (const [key, item] of Object.entries(value)) collect(item, path === "" ? key : `${path}.${key}`, leaves);
  } else leaves.set(path, value);
}

/** Splits a document into its leaves. Empty lists and objects are leaves, too. */
export function leavesOf(document: Json): Leaves {
  const leaves = new Map<string, Json>();
  collect(document, "", leaves);
  return leaves;
}
