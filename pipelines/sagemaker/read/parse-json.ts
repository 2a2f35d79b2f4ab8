import { parse } from "lossless-json";
import type { Json } from "../definition.ts";

/** A number as the double it is, or as a `bigint` if it is a whole number that no double holds exactly. */
function number(text: string): number | bigint {
  const value = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(value) ? BigInt(text) : value;
}

/**
 * JSON as a value in which no whole number is rounded.
 *
 * @throws SyntaxError that says where the text is no JSON
 */
export function parseJson(text: string): Json {
  return parse(text, undefined, { parseNumber: number }) as Json;
}
