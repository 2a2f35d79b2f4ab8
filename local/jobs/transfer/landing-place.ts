import { join } from "node:path";

/** The longest name of a file on Linux, in bytes. */
const longestName = 255;

/**
 * Where an object lands in a folder.
 *
 * @param path the part of its key that says so
 * @throws Error for one that would leave the folder, or that no file can have
 */
export function landingPlace(folder: string, path: string, key: string): string {
  const names = path.split("/");
  const refused = (why: string) =>
    new Error(`ClientError: the key ${JSON.stringify(key)} cannot be downloaded: ${why}`);
  if (path === "" || path.startsWith("/") || names.includes("..") || names.at(-1) === ".")
    throw refused("it leaves its folder");
  if (path.includes("\0")) throw refused("no file's name has a NUL in it");
  const long = names.find((name) => Buffer.byteLength(name) > longestName);
  if (long !== undefined) throw refused(`${long.slice(0, 20)}... is longer than ${longestName} bytes`);
  return join(folder, path);
}
