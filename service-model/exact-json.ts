import type { Json } from "./definition.ts";

/**
 * JSON with exact whole numbers. Numbers that a double cannot hold become `bigint`, because Integer parameters may be
 * that large. JavaScript's own JSON functions round such numbers when they read, and throw when they write. Internally
 * such a number is a string between two marks. The mark is a code point that Unicode reserves for internal use.
 */
const mark = "\uFDD0";

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const markedText = new RegExp(`^${mark}-?\\d+${mark}$`);

function isInexact(number: string): boolean {
  return /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));
}

/**
 * Reads a value from JSON.
 *
 * @throws SyntaxError with the position if the text is not JSON
 */
export function parseJson(text: string): Json {
  if (!/\d{16}/.test(text)) return JSON.parse(text) as Json;
  JSON.parse(text);
  const marked = text.replace(stringOrNumber, (token) => (isInexact(token) ? `"${mark}${token}${mark}"` : token));
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === "string" && markedText.test(value) ? BigInt(value.slice(1, -1)) : value,
  ) as Json;
}

/** Returns a value as JSON text, indented by `indent` spaces if given. */
export function jsonText(value: object, indent?: number): string {
  try {
    return JSON.stringify(value, undefined, indent);
  } catch {
    // The value contains a bigint. Visiting every value takes three times as long, so it is done only in this case.
    const marked = (_key: string, item: unknown) => (typeof item === "bigint" ? `${mark}${item}${mark}` : item);
    const text = JSON.stringify(value, marked, indent);
    return text.replace(new RegExp(`"${mark}(-?\\d+)${mark}"`, "g"), "$1");
  }
}
