import { createHash } from "node:crypto";
import { Parser } from "tar";

/**
 * The SHA-256 that the address of an archive of a source folder has: of the names and contents of its files, and which can
 * be executed. It follows from the files, not from the archive, which another version of zlib makes otherwise.
 *
 * @throws Error if it is no archive
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
 * Whether the content of an object is what its address says: `.../code/<sha256>/<name>`, see
 * language/code/code-asset.ts.
 */
export async function hasContentOfAddress(name: string, sha256: string, content: Uint8Array): Promise<boolean> {
  if (createHash("sha256").update(content).digest("hex") === sha256) return true;
  if (!name.endsWith(".tar.gz")) return false;
  return folderDigest(content).then(
    (digest) => digest === sha256,
    () => false,
  );
}
