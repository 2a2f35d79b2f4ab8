import { extract } from "tar";
import { checkArchive } from "./check-archive.ts";

/**
 * Unpacks a .tar.gz into a folder.
 *
 * @param name what the archive is called in an error
 * @throws Error for a file that is no archive, or one that should not be unpacked: then nothing is
 */
export async function extractArchive(file: string, folder: string, name: string): Promise<void> {
  await checkArchive(file, name);
  // What is wrong with it was found by now; strict, it would take an archive of nothing for none.
  await extract({ file, cwd: folder });
}
