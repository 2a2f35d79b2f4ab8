import { join } from "node:path";

/** The most bytes of a file's name on Linux. */
const longestName = 255;

/**
 * Returns the path of the file to which an object is downloaded.
 *
 * @param path the end of the object's key, below the input's prefix
 * @throws Error for a path that would leave the folder or that is not a valid path of a file
 */
export function landingPlace(folder: string, path: string, key: string): string {
  const names = path.split("/");
  const invalid = (why: string) =>
    new Error(`ClientError: the key ${JSON.stringify(key)} cannot be downloaded: ${why}`);
  if (path === "" || path.startsWith("/") || names.includes("..") || names.at(-1) === ".")
    throw invalid("it leaves its folder");
  if (path.includes("\0")) throw invalid("a file's name cannot contain NUL");
  const long = names.find((name) => Buffer.byteLength(name) > longestName);
  if (long !== undefined) throw invalid(`${long.slice(0, 20)}... is longer than ${longestName} bytes`);
  return join(folder, path);
}
