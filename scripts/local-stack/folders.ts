import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's own folder. */
export const repository = fileURLToPath(new URL("../../", import.meta.url));

/** Where everything that is made on this machine lives; deleting it starts over. */
export const localFolder = join(repository, ".local");

export const localFolders = {
  python: join(localFolder, "python"),
  data: join(localFolder, "data"),
  state: join(localFolder, "state"),
  report: join(localFolder, "report"),
  outputs: join(localFolder, "outputs.json"),
} as const;
