import { mkdirSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { create } from "tar";
import type { FolderCode } from "#language";

/** Where archives are made, each in a folder of its content's name. Not below version control. */
const archives = fileURLToPath(new URL("../.local/code/", import.meta.url));

/**
 * Makes the gzipped tar archive of a source folder and answers with its path. The same files make the same archive:
 * neither their times nor their owners nor the machine's umask is in it.
 */
export function sourceArchive({ localPath, files, sha256 }: FolderCode, folder = archives): string {
  const place = `${folder}${sha256}`;
  mkdirSync(place, { recursive: true });
  const made = `${place}/${process.pid}.tar.gz`;
  create(
    {
      ...{ sync: true, gzip: true, file: made, cwd: localPath, portable: true, mtime: new Date(0) },
      onWriteEntry: ({ stat }) => {
        // Whether a file can be executed counts; what else the machine's umask says does not.
        if (stat !== undefined) stat.mode = (stat.mode & 0o100) === 0 ? 0o100644 : 0o100755;
      },
    },
    [...files],
  );
  const archive = `${place}/sourcedir.tar.gz`;
  renameSync(made, archive);
  return archive;
}
