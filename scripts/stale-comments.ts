import { ExitError, exitCode } from "../exit-code.ts";
import { gitHubOfEnvironment } from "../github/client.ts";
import { markStale } from "../github/mark-stale.ts";
import { commitOption, repositoryOfEnvironment } from "./command/github-option.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";

const help = `
Marks the comments of post-comment on all open pull requests as stale that compare with an older commit of a branch.

  export GH_TOKEN=$(gh auth token) GITHUB_REPOSITORY=OWNER/NAME
  npm run -s stale-comments -- --branch main --commit SHA

  --branch NAME   the branch that has moved
  --commit SHA    its newest commit

Exit code: 0 done, 2 usage, 6 GitHub or the token.
`;

await runCommand(async () => {
  const { branch, commit } = parseOptions(help, { branch: { type: "string" }, commit: { type: "string" } });
  if (branch === undefined) throw new ExitError(exitCode.usage, "--branch is missing; give the branch that has moved.");
  const newest = commitOption("commit", commit);
  const changed = await markStale(gitHubOfEnvironment(), repositoryOfEnvironment(), branch, newest);
  const numbers = changed.map((number) => `#${number}`).join(", ");
  console.log(changed.length === 0 ? "No comment became stale." : `Marked the comments of ${numbers} as stale.`);
  return exitCode.pass;
});
