import { extract, list } from "tar";

/**
 * Unpacks a .tar.gz into a folder.
 *
 * @param name what the archive is called in an error
 * @throws Error for a file that is no archive, and for one with an entry that would leave the folder: then nothing is unpacked
 */
export async function extractArchive(file: string, folder: string, name: string): Promise<void> {
  const outside: string[] = [];
  try {
    await list({
      file,
      strict: true,
      onReadEntry: (entry) => {
        const link = entry.linkpath ?? "";
        if (leaves(entry.path) || (entry.type === "Link" && leaves(link)) || isAbroad(entry.path, link)) {
          outside.push(entry.path);
        }
      },
    });
    if (outside.length === 0) await extract({ file, cwd: folder, strict: true });
  } catch (error) {
    throw new Error(
      `ClientError: ${name} is not a .tar.gz archive: ${error instanceof Error ? error.message : error}`,
      {
        cause: error,
      },
    );
  }
  if (outside.length > 0) {
    throw new Error(
      `ClientError: ${name} has entries that leave its folder (${outside.slice(0, 3).join(", ")}): refused`,
    );
  }
}

function leaves(path: string): boolean {
  return path.startsWith("/") || path.split("/").includes("..");
}

/** Whether a symbolic link, seen from the folder it is in, points outside of the archive. */
function isAbroad(path: string, link: string): boolean {
  if (link.startsWith("/")) return true;
  let depth = path.split("/").length - 1;
  return link.split("/").some((part) => {
    if (part === "..") depth--;
    else if (part !== "" && part !== ".") depth++;
    return depth < 0;
  });
}
