import type { Json } from "./definition.ts";

/**
 * JSON in which whole numbers that no double holds exactly are `bigint`, as the definition's Integer parameters may be;
 * JavaScript's own JSON rounds them when it reads, and refuses them when it writes. Inside of this file such a number is
 * a text between two marks, a code point that Unicode keeps free of meaning.
 */
const mark = "\uFDD0";

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const markedText = new RegExp(`^${mark}-?\\d+${mark}$`);

function isInexact(number: string): boolean {
  return /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));
}

/**
 * A value from JSON.
 *
 * @throws SyntaxError that says where the text is no JSON
 */
export function parseJson(text: string): Json {
  if (!/\d{16}/.test(text)) return JSON.parse(text) as Json;
  JSON.parse(text);
  const marked = text.replace(stringOrNumber, (token) => (isInexact(token) ? `"${mark}${token}${mark}"` : token));
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === "string" && markedText.test(value) ? BigInt(value.slice(1, -1)) : value,
  ) as Json;
}

/** A value as JSON, for people with `indent` spaces on each level. */
export function jsonText(value: object, indent?: number): string {
  try {
    return JSON.stringify(value, undefined, indent);
  } catch {
    // There is a bigint somewhere. Looking at every value takes three times as long, so it is not done at first.
    const marked = (_key: string, item: unknown) => (typeof item === "bigint" ? `${mark}${item}${mark}` : item);
    const text = JSON.stringify(value, marked, indent);
    return text.replace(new RegExp(`"${mark}(-?\\d+)${mark}"`, "g"), "$1");
  }
}
