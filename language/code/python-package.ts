import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BytesCode, bytesAsset, contentOf, type S3Location } from "./code-asset.ts";
import { sourceFiles } from "./source-files.ts";
import { storedZip } from "./stored-zip.ts";

/** A local Python package that the scripts of jobs can import by its name. */
export interface PythonPackage {
  readonly name: string;
  /** The URL of the folder that has the package's `__init__.py`, with a slash at its end. */
  readonly folder: URL;
}

/**
 * Returns a package as the archive `<name>.zip`, from which Python imports it when `PYTHONPATH` names the archive. One
 * archive is one object for a deploy, and its hash is that of the object.
 *
 * @throws Error that names the folder if it cannot be read or has no `__init__.py`
 */
export function packageArchive({ name, folder }: PythonPackage, location: S3Location): BytesCode {
  const root = fileURLToPath(folder);
  const files = sourceFiles(root);
  if (!files.includes("__init__.py"))
    throw new Error(
      `${root}, the Python package ${name} of a step, has no __init__.py; create it or correct the folder`,
    );
  const archive = storedZip(files.map((file) => ({ path: `${name}/${file}`, content: contentOf(join(root, file)) })));
  return bytesAsset(`${name}.zip`, archive, location);
}
