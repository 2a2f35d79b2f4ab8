import { commandOrigin } from "../../check/execution/command-origin.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { git } from "./git.ts";

/** The commits of a comparison. */
export interface ComparedCommits {
  /** The newest commit of the base branch. */
  readonly baseCommit: string;
  /** The commit where head left the base branch. Its models are the baselines. */
  readonly mergeBase: string;
  readonly headCommit: string;
  /** Whether the working tree has changes since the head's commit. */
  readonly uncommitted: boolean;
}

const usage = (message: string) => new ExitError(exitCode.usage, message);

/**
 * Finds the commits to compare. Head is the working tree, so that a change can be tried before it is committed. Its models are
 * compared with those of the merge base, not of the base's newest commit: otherwise an improvement on the base branch would look
 * like a loss of this one.
 *
 * @throws ExitError (2) if the folder is no git repository, the base is unknown, or the history between both is missing
 */
export async function comparedCommits(folder: string, base: string, signal: AbortSignal): Promise<ComparedCommits> {
  const run = (...args: readonly string[]) => git(folder, args, signal);
  const { commit: headCommit, changed: uncommitted } = await commandOrigin(folder, {});
  if (headCommit === undefined)
    throw usage(`${folder} has no commit that git can read, so there is no base to compare with: run it in a clone.`);
  const named = await run("rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`);
  if (named.code !== 0)
    throw usage(`--base ${base} is no commit of this clone: give a branch or a commit, or run git fetch first.`);
  const baseCommit = named.output.trim();
  const common = await run("merge-base", baseCommit, headCommit);
  if (common.code !== 0)
    throw usage(
      `--base ${base} and HEAD have no common commit in this clone: fetch the whole history (git fetch --unshallow), or give another base.`,
    );
  return { baseCommit, mergeBase: common.output.trim(), headCommit, uncommitted };
}
