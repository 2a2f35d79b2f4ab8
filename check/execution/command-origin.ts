import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The sources that a command runs from, and the CI run. */
export interface CommandOrigin {
  /** The checked-out commit, 40 hexadecimal digits. */
  readonly commit?: string;
  /** Whether the working tree has changes since that commit. */
  readonly changed: boolean;
  /** `<run id>/<attempt>` of a GitHub workflow; absent outside of one. */
  readonly ciRun?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

async function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)("git", ["-C", folder, ...args])).stdout;
  } catch {
    // Without git, or outside a repository of this user, the commit is simply unknown.
    return undefined;
  }
}

/**
 * Tells whether a line of `git status --porcelain` means that the deployed sources may differ from the commit. It does for a change
 * of a tracked file, and for a new file in pipelines/ or infra/; other new files, such as a report, do not count.
 */
export function isSourceChange(line: string): boolean {
  return line.startsWith("?? ") ? /^\?\? "?(pipelines|infra)\//.test(line) : line !== "";
}

/**
 * Finds the sources and the CI run of this command. Git names the checked-out commit; without a repository, as in a source
 * archive, GitHub's variable names it.
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
