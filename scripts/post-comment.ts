import { ExitError, exitCode } from "../exit-code.ts";
import { gitHubOfEnvironment } from "../github/client.ts";
import { keepComment } from "../github/keep-comment.ts";
import { commitOption, repositoryOfEnvironment, wholeNumber } from "./command/github-option.ts";
import { inputText } from "./command/input-text.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";

const help = `
Keeps one comment on a pull request: creates it, or updates it in place. An older run does not overwrite a newer run's comment.

  export GH_TOKEN=$(gh auth token) GITHUB_REPOSITORY=OWNER/NAME GITHUB_RUN_NUMBER=1
  npm run -s post-comment -- --file comment.md --pull-request 7 --commit SHA --base SHA

  --file FILE        the comment in Markdown, at most about 65,000 characters (- for standard input)
  --pull-request N   the pull request's number
  --commit SHA       the commit that the comment is about; nothing is written if the pull request has a newer one
  --base SHA         the commit of the base branch that it is compared with; if the branch has moved, the comment says so

It finds its earlier comment by the first line and the author github-actions[bot], so it updates only comments of workflows.
In a workflow, GitHub sets all variables but GH_TOKEN. Exit code: 0 written, or a newer run has, 2 usage, 6 GitHub or the token.
`;

await runCommand(async () => {
  const options = parseOptions(help, {
    file: { type: "string" },
    "pull-request": { type: "string" },
    commit: { type: "string" },
    base: { type: "string" },
  });
  const { file, "pull-request": pullRequest } = options;
  if (file === undefined) throw new ExitError(exitCode.usage, "--file is missing; give the file with the comment.");
  const { GITHUB_RUN_NUMBER: run, GITHUB_RUN_ATTEMPT: attempt = "1" } = process.env;
  const kept = {
    repository: repositoryOfEnvironment(),
    pullRequest: wholeNumber("--pull-request", pullRequest),
    text: inputText("file", file),
    origin: {
      run: wholeNumber("GITHUB_RUN_NUMBER", run),
      attempt: wholeNumber("GITHUB_RUN_ATTEMPT", attempt),
      commit: commitOption("commit", options.commit),
      base: commitOption("base", options.base),
    },
  };
  console.log(await keepComment(gitHubOfEnvironment(), kept));
  return exitCode.pass;
});
