import { driftReportSchema } from "../check/drift/drift-report.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { gitHubOfEnvironment } from "../github/client.ts";
import { keepIssue } from "../github/keep-issue.ts";
import { commitOption, repositoryOfEnvironment } from "./command/github-option.ts";
import { inputText } from "./command/input-text.ts";
import { parseOptionsAndNames } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";

const help = `
Keeps one open issue for each stack that differs from the code: opens it, updates it in place, and closes it when the drift is gone.

  export GH_TOKEN=$(gh auth token) GITHUB_REPOSITORY=OWNER/NAME
  npm run -s drift-issue -- --commit SHA --run https://... drift-dev.json drift-production.json

  FILE ...       the files of drift-report --output, one for each stack
  --commit SHA   the commit that the stacks were compared with
  --run URL      the page of the run

It finds its issues by their first line and the author github-actions[bot]. Without a file it does nothing. Exit code: 0 done,
2 usage, 6 GitHub or the token.
`;

function reportOf(file: string) {
  try {
    return driftReportSchema.parse(JSON.parse(inputText("file", file)));
  } catch (error) {
    if (error instanceof ExitError) throw error;
    throw new ExitError(exitCode.usage, `${file} is not a file of drift-report --output; give one of the same commit.`);
  }
}

await runCommand(async () => {
  const { options, names } = parseOptionsAndNames(help, { commit: { type: "string" }, run: { type: "string" } });
  const [commit, repository] = [commitOption("commit", options.commit), repositoryOfEnvironment()];
  const { run = "" } = options;
  if (!/^https:\/\/[\w.:/-]+$/.test(run))
    throw new ExitError(exitCode.usage, `--run takes an https address, not "${run}".`);
  const reports = names.map(reportOf);
  const github = gitHubOfEnvironment();
  for (const { stack, differences, text } of reports) {
    const place = `Compared with ${commit} by [this run](${run}). The next run rewrites this text; comment below instead.`;
    const done = await keepIssue(github, {
      ...{ repository, key: `drift ${stack}`, title: `The stack ${stack} differs from the code` },
      text: differences === 0 ? undefined : `${text.trimEnd()}\n\n${place}\n`,
      farewell: `The stack is what the code says at ${commit}, by [this run](${run}).`,
    });
    console.log(`${stack}: ${done}`);
  }
  return exitCode.pass;
});
