import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LocalImage } from "./images/local-image.ts";
import { jobCode } from "./job-code.ts";
import type { JobFolder } from "./process/job-folder.ts";
import type { ImagePythons } from "./python/image-pythons.ts";
import { sitePackages } from "./python/python-environment.ts";
import { scriptCommand } from "./warm/script-command.ts";

/** The command `pip`, which works from any folder. */
const pip = `#!/bin/sh
exec "$(dirname "$0")/python3" -m pip "$@"
`;

/**
 * Creates a virtual environment for one job, in the job's folder. It is empty, but Python also finds the packages of the
 * image's environment. Packages that the job installs with pip land there and are deleted with the job, as in a container; pip
 * reports packages of the image as "already satisfied". The environment has only a few small files and takes almost no time.
 *
 * @param more folders of further packages that Python finds after those of the image
 *
 * An image whose Python does not belong to a virtual environment is returned unchanged.
 *
 * Source: https://docs.python.org/3/library/site.html (`pyvenv.cfg`, `.pth` files)
 */
export function pythonOverlay(image: LocalImage, folder: string, more: readonly string[] = []): LocalImage {
  const base = dirname(image.bin);
  const configuration = join(base, "pyvenv.cfg");
  const packages = sitePackages(base);
  if (packages === undefined || !existsSync(configuration)) return image;
  const bin = join(folder, "bin");
  const own = join(folder, packages);
  mkdirSync(bin, { recursive: true });
  mkdirSync(own, { recursive: true });
  writeFileSync(join(folder, "pyvenv.cfg"), readFileSync(configuration));
  for (const name of ["python", "python3"]) symlinkSync(image.python, join(bin, name));
  for (const name of ["pip", "pip3"]) writeFileSync(join(bin, name), pip, { mode: 0o755 });
  writeFileSync(join(folder, "constraints.txt"), image.constraints.map((line) => `${line}\n`).join(""));
  writeFileSync(join(folder, "pip.conf"), `[install]\nconstraint = ${join(folder, "constraints.txt")}\n`);
  const found = [join(base, packages), ...more].map(
    (place) => `import site; site.addsitedir(${JSON.stringify(place)})\n`,
  );
  writeFileSync(join(own, "image.pth"), found.join(""));
  return { ...image, python: join(bin, "python3"), bin: `${bin}:${image.bin}` };
}

/** Returns a job's own Python with the packages of the image, and with the rarely used ones that the job's code names. */
export async function ownPython(
  image: LocalImage,
  command: readonly string[],
  folder: JobFolder,
  pythons: ImagePythons,
): Promise<LocalImage> {
  return pythonOverlay(image, folder.pythonFolder(), await pythons.packages(jobCode(command, folder)));
}

/**
 * Returns the Python of a processing job. A job whose code names neither pip nor a rarely used package uses the image's Python,
 * so that it can be forked from the prepared process. Every other job gets its own environment.
 */
export async function jobPython(
  image: LocalImage,
  command: readonly string[],
  folder: JobFolder,
  pythons: ImagePythons,
): Promise<LocalImage> {
  const code = jobCode(command, folder);
  const more = await pythons.packages(code);
  const isScript = scriptCommand(command, image)?.arguments[0]?.startsWith("/opt/ml/") === true;
  return isScript && more.length === 0 && !/\bpip\b/.test(code)
    ? image
    : pythonOverlay(image, folder.pythonFolder(), more);
}
