import { ExitError, exitCode } from "../exit-code.ts";
import { gitHubOfEnvironment } from "../github/client.ts";
import { isClosed } from "../github/pull-request.ts";
import { repositoryOfEnvironment, wholeNumber } from "./command/github-option.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { type DevStack, listedDevStacks } from "./stack/listed-dev-stacks.ts";
import { PulumiError } from "./stack/pulumi-cli.ts";
import { removeDevStack } from "./stack/remove-dev-stack.ts";

const help = `
Lists the dev stacks that are no longer needed: those of closed pull requests, and old ones. With --destroy, it destroys the stacks of
closed pull requests, and the old ones that dev-stack up did not get with --keep.

  export GH_TOKEN=$(gh auth token) GITHUB_REPOSITORY=OWNER/NAME
  npm run -s dev-stacks -- --older-than 7

  --older-than DAYS   a stack is old if its last update is longer ago
  --destroy           destroys them

It reads AWS_REGION, AWS_DEV_ACCOUNT_NUMBER and AWS_PERMISSIONS_BOUNDARY_ARN. Exit code: 0 done, 2 usage or configuration, 6 AWS,
GitHub or pulumi, or a stack could not be destroyed.
`;

interface Decision {
  readonly stack: DevStack;
  readonly why: string;
  readonly destroys: boolean;
}

/** Decides about a stack; returns undefined if it is needed. */
function decision(stack: DevStack, closed: boolean, olderThan: number): Decision | undefined {
  if (closed) return { stack, why: `pull request ${stack.pullRequest} is closed`, destroys: true };
  if (stack.days <= olderThan) return undefined;
  const age = `last updated ${Math.floor(stack.days)} days ago`;
  return { stack, why: stack.expires ? age : `${age}, to be kept`, destroys: stack.expires };
}

async function destroyAll(decisions: readonly Decision[], signal: AbortSignal): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { stack } of decisions.filter(({ destroys }) => destroys))
    try {
      console.log(`Destroying ${stack.name}`);
      await removeDevStack({ stack: stack.name, signal, print: (line) => console.log(line) });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ExitError || error instanceof PulumiError)) throw error;
      // One stack that cannot be destroyed must not keep the others.
      console.error(`${stack.name}: ${error.message}`);
      failed.push(stack.name);
    }
  return failed;
}

await runCommand(async (signal) => {
  const options = parseOptions(help, {
    "older-than": { type: "string" },
    destroy: { type: "boolean", default: false },
  });
  const olderThan = wholeNumber("--older-than", options["older-than"]);
  const [repository, github] = [repositoryOfEnvironment(), gitHubOfEnvironment()];
  const stacks = await listedDevStacks(Date.now()).catch((error: Error) => {
    throw new ExitError(exitCode.aws, `The stacks cannot be listed: ${error.message}. Install pulumi and log in.`);
  });
  const decisions: Decision[] = [];
  for (const stack of stacks) {
    const closed = stack.pullRequest !== undefined && (await isClosed(github, repository, stack.pullRequest));
    decisions.push(...[decision(stack, closed, olderThan) ?? []].flat());
  }
  if (decisions.length === 0) console.log(`All dev stacks are needed (${stacks.length}).`);
  for (const { stack, why } of decisions) console.log(`- ${stack.name}: ${why}`);
  const failed = options.destroy ? await destroyAll(decisions, signal) : [];
  if (failed.length === 0) return exitCode.pass;
  throw new ExitError(exitCode.aws, `Not destroyed: ${failed.join(", ")}. Fix the causes above and run this again.`);
});
