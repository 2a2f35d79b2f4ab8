import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";
import type { FolderCode } from "../pipelines/sagemaker/index.ts";

/**
 * Makes the gzipped tar archive of a source folder, and answers with its path in the system's folder for temporary
 * files. The same files make the same archive: neither their times nor their owners are in it.
 */
export function sourceArchive({ localPath, files }: FolderCode): string {
  const file = join(mkdtempSync(join(tmpdir(), "source-")), "sourcedir.tar.gz");
  create({ sync: true, gzip: true, file, cwd: localPath, portable: true, mtime: new Date(0) }, [...files]);
  return file;
}
