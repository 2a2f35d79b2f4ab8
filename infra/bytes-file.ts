import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { BytesCode } from "#language";

/** The folder of the files, each in a subfolder named after its hash. Git ignores it. */
const folder = fileURLToPath(new URL("../.local/code/", import.meta.url));

/** Writes bytes to a file and returns its path, because Pulumi's state would otherwise contain the bytes. */
export function bytesFile({ sha256, key, content }: BytesCode): string {
  const place = `${folder}${sha256}`;
  mkdirSync(place, { recursive: true });
  const made = `${place}/${process.pid}.part`;
  writeFileSync(made, content);
  const file = `${place}/${key.slice(key.lastIndexOf("/") + 1)}`;
  renameSync(made, file);
  return file;
}
