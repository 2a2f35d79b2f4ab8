import { createHash } from "node:crypto";
import { sortedJson } from "./sorted-json.ts";

/** SHA-256 of a definition. White space and the order of keys do not matter: a service may store the same document otherwise. */
export function definitionDigest(text: string): string {
  return createHash("sha256")
    .update(sortedJson(JSON.parse(text)))
    .digest("hex");
}

/** A place on S3 that a definition names, below the SHA-256 of what is there. */
export interface CodeAddress {
  readonly uri: string;
  readonly sha256: string;
}

// A URI may stand in JSON within JSON, as in a hyperparameter: it ends at a backslash, too.
const codeUri = /s3:\/\/[^"\\\s]+?\/code\/([0-9a-f]{64})(?:\/[^"\\\s]*)?/g;

/** The code that a definition names, each once, in alphabetical order. */
export function codeAddresses(text: string): readonly CodeAddress[] {
  const addresses = new Map([...text.matchAll(codeUri)].map(([uri, sha256 = ""]) => [uri, sha256]));
  return [...addresses].map(([uri, sha256]) => ({ uri, sha256 })).sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

/** SHA-256 of all code that a definition names: it changes when any of it does. */
export function codeDigest(text: string): string {
  const hash = createHash("sha256");
  for (const { sha256 } of codeAddresses(text)) hash.update(`${sha256}\n`);
  return hash.digest("hex");
}
