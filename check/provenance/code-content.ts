import { createHash } from "node:crypto";
import { Parser } from "tar";

/**
 * Computes the SHA-256 in the address of a source folder's archive from the names, contents and executable flags of the files.
 * It does not hash the archive, because another version of zlib may compress the same files differently.
 *
 * @throws Error if the content is not an archive
 */
async function folderDigest(archive: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  const files: Promise<readonly [string, number, Buffer]>[] = [];
  await new Promise<void>((resolve, reject) => {
    const parser = new Parser({
      strict: true,
      onReadEntry: (entry) => {
        files.push(entry.concat().then((content) => [entry.path, entry.mode ?? 0, Buffer.from(content)] as const));
      },
    });
    parser.on("end", resolve);
    parser.on("error", reject);
    parser.end(Buffer.from(archive));
  });
  for (const [path, mode, content] of await Promise.all(files)) {
    const executable = (mode & 0o100) === 0 ? "" : "x";
    hash.update(`${Buffer.byteLength(path)}:${path}${executable}${content.length}:`).update(content);
  }
  return hash.digest("hex");
}

/**
 * Tells whether the content of an object has the hash in its address `.../code/<sha256>/<name>` (see language/code/code-asset.ts).
 */
export async function hasContentOfAddress(name: string, sha256: string, content: Uint8Array): Promise<boolean> {
  if (createHash("sha256").update(content).digest("hex") === sha256) return true;
  if (!name.endsWith(".tar.gz")) return false;
  return folderDigest(content).then(
    (digest) => digest === sha256,
    () => false,
  );
}
