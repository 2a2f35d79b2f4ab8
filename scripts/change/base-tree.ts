import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CommandOrigin } from "../../check/execution/command-origin.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { runProgram } from "../../local/jobs/python/run-program.ts";
import { localFolder, repository } from "../local-stack/folders.ts";
import type { Catalog } from "../local-stack/input-data.ts";
import { git } from "./git.ts";

/** A source tree that is deployed. */
export interface SourceTree {
  readonly name: "base" | "head";
  readonly folder: string;
  readonly origin: CommandOrigin;
}

interface TreeOptions {
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/**
 * The place of the base's tree. It is below the repository, because Node then finds the node modules of head for it, and it is
 * always the same, so that the next run removes the tree of a killed one.
 */
const place = join(localFolder, "change", "base");

async function removeTree(): Promise<void> {
  await rm(place, { recursive: true, force: true });
  await git(repository, ["worktree", "prune"]);
}

/** Gives the base its own node modules if its lockfile is not that of head. */
async function installModules({ signal, print }: TreeOptions): Promise<void> {
  const lockfile = (folder: string) => readFile(join(folder, "package-lock.json"), "utf8").catch(() => "");
  const [base, head] = await Promise.all([lockfile(place), lockfile(repository)]);
  if (base === head) return;
  print("Installing the node modules of the base, because its package-lock.json differs ...");
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  const { code, output } = await runProgram("npm", ["ci", "--prefix", place, ...options], { signal });
  if (code !== 0)
    throw new ExitError(exitCode.usage, `npm ci failed in the base: ${output.trim().split("\n").at(-1) ?? ""}`);
}

/**
 * Checks out a commit beside the working tree, passes its tree to `work`, and removes it.
 *
 * @throws ExitError (2) if git cannot check it out, or npm cannot install its modules; as `work`
 */
export async function withBaseTree<T>(
  commit: string,
  options: TreeOptions,
  work: (tree: SourceTree) => Promise<T>,
): Promise<T> {
  await removeTree();
  try {
    const added = await git(repository, ["worktree", "add", "--detach", "--force", place, commit], options.signal);
    if (added.code !== 0) throw new ExitError(exitCode.usage, `git cannot check out ${commit}: ${added.output.trim()}`);
    await installModules(options);
    return await work({ name: "base", folder: place, origin: { commit, changed: false } });
  } finally {
    await removeTree();
  }
}

/**
 * Loads the catalog of a source tree, which runs that tree's own code. Returns undefined if the tree is too old to have these
 * functions; the catalog of head then takes its place.
 *
 * @throws ExitError (2) if the catalog cannot be loaded
 */
export async function catalogOf({ name, folder }: SourceTree): Promise<Catalog | undefined> {
  const { href } = pathToFileURL(join(folder, "pipelines", "catalog.ts"));
  const { loadPipeline, loadSampleData }: Partial<Catalog> = await import(href).catch((error: Error) => {
    throw new ExitError(exitCode.usage, `pipelines/catalog.ts of the ${name} cannot be loaded: ${error.message}`);
  });
  return loadPipeline && loadSampleData && { loadPipeline, loadSampleData };
}
