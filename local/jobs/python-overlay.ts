import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LocalImage } from "./images/images.ts";
import type { JobFolder } from "./process/job-folder.ts";
import { scriptCommand } from "./warm/script-command.ts";

/** `pip` as a command: whatever folder it is called from. */
const pip = `#!/bin/sh
exec "$(dirname "$0")/python3" -m pip "$@"
`;

/**
 * The image's Python for one job: a virtual environment in the job's folder that holds nothing, and sees all packages of the
 * image's. What the job installs with pip lands there and goes with it, as in a container; what the image has is "already
 * satisfied". A few small files: it costs no time.
 *
 * An image whose Python is not of a virtual environment is used as it is.
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
 * The Python of a job: its own, unless it runs one file that does not speak of pip. Such a job may begin from the prepared
 * process of the image's Python.
 */
export function jobPython(image: LocalImage, command: readonly string[], folder: JobFolder): LocalImage {
  const script = scriptCommand(command, image)?.arguments[0];
  const text = script?.startsWith("/opt/ml/") ? folder.readText(script, 1_000_000) : "pip";
  return /\bpip\b/.test(text) ? pythonOverlay(image, folder.pythonFolder()) : image;
}

/** `lib/python3.11/site-packages`, where there is one. */
function sitePackages(environment: string): string | undefined {
  const lib = join(environment, "lib");
  const version = existsSync(lib) ? readdirSync(lib).find((name) => /^python3\.\d+$/.test(name)) : undefined;
  return version === undefined ? undefined : join("lib", version, "site-packages");
}
