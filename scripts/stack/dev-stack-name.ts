import { ExitError, exitCode } from "../../exit-code.ts";
import { wholeNumber } from "../command/github-option.ts";

/** The beginning of the names of all dev stacks. The role of their workflows has no access to stacks with other names. */
const prefix = "devstack-";

/** The options that name a dev stack. */
export const devStackOptions = { "pull-request": { type: "string" }, name: { type: "string" } } as const;

/**
 * Returns the name of a pull request's or a person's dev stack. A person's name has no hyphen, so the two never collide.
 *
 * @throws ExitError (2) unless exactly one of them is given
 */
export function devStackName(pullRequest: string | undefined, name: string | undefined): string {
  if ((pullRequest === undefined) === (name === undefined))
    throw new ExitError(exitCode.usage, "Give --pull-request N or --name NAME, which names the dev stack.");
  if (name === undefined) return `${prefix}pr-${wholeNumber("--pull-request", pullRequest)}`;
  // 12 characters leave room for the rest of AWS's names.
  if (/^[a-z][a-z0-9]{0,11}$/.test(name)) return `${prefix}${name}`;
  throw new ExitError(
    exitCode.usage,
    `--name takes at most 12 small letters and digits, such as alice, not "${name}".`,
  );
}

/** Returns the number of the pull request that a dev stack belongs to; undefined for a person's. */
export function pullRequestOf(stack: string): number | undefined {
  const [, number] = new RegExp(`^${prefix}pr-(\\d+)$`).exec(stack) ?? [];
  return number === undefined ? undefined : Number(number);
}

export function isDevStack(stack: string): boolean {
  return stack.startsWith(prefix);
}
