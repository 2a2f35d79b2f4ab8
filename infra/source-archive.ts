import { mkdirSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { create } from "tar";
import type { FolderCode } from "#language";

/** The folder of the archives, each in a subfolder named after its hash. Git ignores it. */
const archives = fileURLToPath(new URL("../.local/code/", import.meta.url));

/**
 * Creates the gzipped tar archive of a source folder and returns its path. The same files give the same bytes, because the
 * archive contains no times, owners or umask of this machine.
 */
export function sourceArchive({ localPath, files, sha256 }: FolderCode, folder = archives): string {
  const place = `${folder}${sha256}`;
  mkdirSync(place, { recursive: true });
  const made = `${place}/${process.pid}.tar.gz`;
  create(
    {
      ...{ sync: true, gzip: true, file: made, cwd: localPath, portable: true, mtime: new Date(0) },
      onWriteEntry: ({ stat }) => {
        // Keeps the executable bit, and replaces the other mode bits, which depend on the machine's umask.
        if (stat !== undefined) stat.mode = (stat.mode & 0o100) === 0 ? 0o100644 : 0o100755;
      },
    },
    [...files],
  );
  const archive = `${place}/sourcedir.tar.gz`;
  renameSync(made, archive);
  return archive;
}
