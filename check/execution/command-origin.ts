import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Where a command runs: in which state of the sources, and in which run of continuous integration. */
export interface CommandOrigin {
  /** The commit that is checked out, 40 hexadecimal digits. */
  readonly commit?: string;
  /** Whether the sources are others than the commit's. */
  readonly changed: boolean;
  /** `<run id>/<attempt>` of a GitHub workflow; without one, none. */
  readonly ciRun?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

async function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)("git", ["-C", folder, ...args])).stdout;
  } catch {
    // No git, no repository, or one of another user: the commit is not known, which is no error.
    return undefined;
  }
}

/**
 * Whether a line of `git status --porcelain` says that what is deployed may be other than the commit: any change of a file
 * that git knows, and new files where pipelines and components are; a report that somebody left is none.
 */
export function isSourceChange(line: string): boolean {
  return line.startsWith("?? ") ? /^\?\? "?(pipelines|infra)\//.test(line) : line !== "";
}

/**
 * Finds out where this command runs. The checked-out commit is git's own; without a repository, as in a source archive, it
 * is what GitHub says.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables (GITHUB_SHA, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT)
 */
export async function commandOrigin(folder: string, environment: Environment): Promise<CommandOrigin> {
  const [head, status] = await Promise.all([
    git(folder, ["rev-parse", "HEAD"]),
    git(folder, ["status", "--porcelain"]),
  ]);
  const commit = head?.trim() || environment["GITHUB_SHA"];
  const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt = "1" } = environment;
  return {
    ...(commit ? { commit } : {}),
    changed: (status ?? "").split("\n").some(isSourceChange),
    ...(run ? { ciRun: `${run}/${attempt}` } : {}),
  };
}
