import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root folder of this repository. */
export const repository = fileURLToPath(new URL("../../", import.meta.url));

/** The folder for everything that the commands create on this machine. Deleting it starts from scratch. */
export const localFolder = join(repository, ".local");

export const localFolders = {
  python: join(localFolder, "python"),
  data: join(localFolder, "data"),
  state: join(localFolder, "state"),
  report: join(localFolder, "report"),
  outputs: join(localFolder, "outputs.json"),
} as const;
