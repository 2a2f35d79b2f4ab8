import { join, relative, resolve } from "node:path";
import { ExitError, exitCode } from "../../exit-code.ts";
import { repository } from "../local-stack/folders.ts";

const ending = ".test.ts";

// @types/mocha has no types for the modules of mocha's command line.
const mochaLookup: string = "mocha/lib/cli/lookup-files.js";
const { lookupFiles } = (await import(mochaLookup)) as {
  /** Throws if no file has the name, with or without an extension, or matches it as a glob. */
  readonly lookupFiles: (place: string, extensions: readonly string[], recursive: boolean) => readonly string[];
};

/**
 * Returns the paths of a place's test files, relative to the repository.
 *
 * @param place a folder, a file with or without its ending, or a glob, from the repository or from `tests/`
 * @throws ExitError (2) if it has no test file
 */
export function testFiles(place: string): readonly string[] {
  const tests = join(repository, "tests");
  // `tests/` comes first, because `language` is also a folder of the sources.
  for (const path of [resolve(tests, place), resolve(repository, place)]) {
    const files = relative(tests, path).startsWith("..") ? [] : lookUp(path).filter((file) => file.endsWith(ending));
    if (files.length > 0) return files.map((file) => relative(repository, file)).toSorted();
  }
  throw new ExitError(
    exitCode.usage,
    `${place} has no test file: give a folder or a file below tests/, such as language or local/endpoint${ending}.`,
  );
}

function lookUp(path: string): readonly string[] {
  try {
    return lookupFiles(path, [ending], true);
  } catch {
    return [];
  }
}
