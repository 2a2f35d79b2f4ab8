import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LocalImage } from "./images/local-image.ts";
import type { JobFolder } from "./process/job-folder.ts";
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
 * An image whose Python does not belong to a virtual environment is returned unchanged.
 *
 * Source: https://docs.python.org/3/library/site.html (`pyvenv.cfg`, `.pth` files)
 */
export function pythonOverlay(image: LocalImage, folder: string): LocalImage {
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
  writeFileSync(join(own, "image.pth"), `import site; site.addsitedir(${JSON.stringify(join(base, packages))})\n`);
  return { ...image, python: join(bin, "python3"), bin: `${bin}:${image.bin}` };
}

/**
 * Returns the Python of a job. A job whose script does not mention pip uses the image's Python, so that it can be forked from
 * the prepared process. Every other job gets its own environment.
 */
export function jobPython(image: LocalImage, command: readonly string[], folder: JobFolder): LocalImage {
  const script = scriptCommand(command, image)?.arguments[0];
  const text = script?.startsWith("/opt/ml/") ? folder.readText(script, 1_000_000) : "pip";
  return /\bpip\b/.test(text) ? pythonOverlay(image, folder.pythonFolder()) : image;
}

/** Returns the path of an environment's packages, such as `lib/python3.11/site-packages`. */
function sitePackages(environment: string): string | undefined {
  const lib = join(environment, "lib");
  const version = existsSync(lib) ? readdirSync(lib).find((name) => /^python3\.\d+$/.test(name)) : undefined;
  return version === undefined ? undefined : join("lib", version, "site-packages");
}
