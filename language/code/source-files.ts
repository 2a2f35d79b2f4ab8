import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Files and folders that tools create beside a program and that do not belong to it. */
const leftOut = new Set(["__pycache__", ".git", ".ipynb_checkpoints", ".DS_Store"]);

/**
 * Returns the paths of the files below a folder, relative to it and in the same order on every machine.
 *
 * @throws Error if the folder cannot be read or has no files
 */
export function sourceFiles(folder: string): readonly string[] {
  let files: readonly string[];
  try {
    files = below(folder, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${folder}, the source folder of a step, cannot be read (${code}); it must be a folder`, {
      cause: error,
    });
  }
  if (files.length === 0) throw new Error(`${folder}, the source folder of a step, has no files; add the program`);
  return files;
}

function below(folder: string, path: string): readonly string[] {
  const names = readdirSync(join(folder, path)).filter((name) => !leftOut.has(name));
  return names.sort().flatMap((name) => {
    const inner = path === "" ? name : `${path}/${name}`;
    return statSync(join(folder, inner)).isDirectory() ? below(folder, inner) : [inner];
  });
}
