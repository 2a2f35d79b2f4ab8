import { parseDocument } from "yaml";

/** A key as JSON writes it. */
const keyHere = /"(?:[^"\\]|\\.)*"/y;

/**
 * The first key that an object in a JSON text has twice, as it is written there. `JSON.parse` takes the last of them without
 * a word, other readers the first one. JSON is YAML, whose parser minds.
 */
export function duplicateKey(json: string): string | undefined {
  const { errors } = parseDocument(json, { schema: "json", uniqueKeys: true, logLevel: "silent" });
  const duplicate = errors.find(({ code }) => code === "DUPLICATE_KEY");
  if (duplicate === undefined) return undefined;
  [keyHere.lastIndex] = duplicate.pos;
  return keyHere.exec(json)?.[0] ?? "?";
}
