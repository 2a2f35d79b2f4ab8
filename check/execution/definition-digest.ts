import { createHash } from "node:crypto";
import { sortedJson } from "./sorted-json.ts";

/** Returns the SHA-256 of a definition. White space and the order of keys do not count, because a service may change them. */
export function definitionDigest(text: string): string {
  return createHash("sha256")
    .update(sortedJson(JSON.parse(text)))
    .digest("hex");
}

/** An S3 URI in a definition whose key contains the SHA-256 of the object. */
export interface CodeAddress {
  readonly uri: string;
  readonly sha256: string;
}

// A URI also ends at a backslash, because it may be in JSON within JSON, as in a hyperparameter.
const codeUri = /s3:\/\/[^"\\\s]+?\/code\/([0-9a-f]{64})(?:\/[^"\\\s]*)?/g;

/** Returns the code addresses in a definition, each once, in alphabetical order. */
export function codeAddresses(text: string): readonly CodeAddress[] {
  const addresses = new Map([...text.matchAll(codeUri)].map(([uri, sha256 = ""]) => [uri, sha256]));
  return [...addresses].map(([uri, sha256]) => ({ uri, sha256 })).sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

/** Returns one SHA-256 for all code in a definition. It changes when any code changes. */
export function codeDigest(text: string): string {
  const hash = createHash("sha256");
  for (const { sha256 } of codeAddresses(text)) hash.update(`${sha256}\n`);
  return hash.digest("hex");
}
