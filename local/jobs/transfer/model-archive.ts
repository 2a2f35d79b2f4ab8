import { writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { gzipSync } from "node:zlib";
import { create } from "tar";
import { filesOf } from "./s3-transfer.ts";

/**
 * Packs a folder as model.tar.gz. The same content gives the same bytes whenever, wherever and by whomever it is made:
 * names sorted, no times, owners or modes of this machine.
 */
export async function writeModelArchive(folder: string, path: string): Promise<void> {
  const names = (await filesOf(folder)).map((file) => relative(folder, file));
  const chunks: Buffer[] = [];
  if (names.length > 0) {
    const archive = create({ cwd: folder, portable: true, noPax: true, mtime: new Date(0) }, names);
    for await (const chunk of archive) chunks.push(chunk as Buffer);
  } else {
    // Two empty blocks: an archive of nothing.
    chunks.push(Buffer.alloc(1024));
  }
  // zlib writes no time into the header.
  await writeFile(path, gzipSync(Buffer.concat(chunks)));
}
