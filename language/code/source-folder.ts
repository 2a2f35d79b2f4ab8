import { type FolderCode, type S3Location, sourceFolder } from "./code-asset.ts";

/** A local folder and the path of its entry point. The job installs the folder's `requirements.txt`. */
export interface SourceFolder {
  readonly folder: URL;
  readonly entryPoint: string;
}

/**
 * Returns the folder of a program as a code asset.
 *
 * @throws Error if the folder cannot be read or does not contain the entry point
 */
export function programFolder({ folder, entryPoint }: SourceFolder, location: S3Location): FolderCode {
  const archive = sourceFolder(folder, location);
  if (!archive.files.includes(entryPoint))
    throw new Error(
      `${archive.localPath} has no ${entryPoint}, the entry point of a step; create it or correct the name`,
    );
  return archive;
}
