import { type FolderCode, type S3Location, sourceFolder } from "./code-asset.ts";

/** A folder beside the pipeline, and the script in it to begin with. Its `requirements.txt` is installed. */
export interface SourceFolder {
  readonly folder: URL;
  readonly entryPoint: string;
}

/**
 * The folder of a program as a code asset.
 *
 * @throws Error if the entry point is not in it, or it cannot be read
 */
export function programFolder({ folder, entryPoint }: SourceFolder, location: S3Location): FolderCode {
  const archive = sourceFolder(folder, location);
  if (!archive.files.includes(entryPoint))
    throw new Error(`${archive.localPath} has no ${entryPoint}: a step names it as its entry point`);
  return archive;
}
