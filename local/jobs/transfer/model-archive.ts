import { writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { gzipSync } from "node:zlib";
import { create } from "tar";
import { filesOf } from "./s3-transfer.ts";

/**
 * Packs a folder as model.tar.gz. The same content always gives the same bytes: names are sorted, and times, owners and modes
 * are left out.
 */
export async function writeModelArchive(folder: string, path: string): Promise<void> {
  const names = (await filesOf(folder)).map((file) => relative(folder, file));
  const chunks: Buffer[] = [];
  if (names.length > 0) {
    const archive = create({ cwd: folder, portable: true, noPax: true, mtime: new Date(0) }, names);
    for await (const chunk of archive) chunks.push(chunk as Buffer);
  } else {
    // Two blocks of zeros are an empty archive.
    chunks.push(Buffer.alloc(1024));
  }
  // Node's gzip does not write a time into its header.
  await writeFile(path, gzipSync(Buffer.concat(chunks)));
}
