import { extract } from "tar";
import { checkArchive } from "./check-archive.ts";

/**
 * Unpacks a .tar.gz into a folder.
 *
 * @param name the archive's name in errors
 * @throws Error for a file that is not an archive, and for an unsafe archive; nothing is unpacked then
 */
export async function extractArchive(file: string, folder: string, name: string): Promise<void> {
  await checkArchive(file, name);
  // `checkArchive` has found all problems. The option `strict` would only reject empty archives, which are valid.
  await extract({ file, cwd: folder });
}
