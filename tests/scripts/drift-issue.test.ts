import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { urn } from "../check/preview/recorded-preview.ts";
import { WarmCommands } from "../fresh-clone/warm-command.ts";
import { type GitHubServer, startGitHubServer, tokens } from "../github/github-server.ts";
import { IssueComments } from "../github/issue-comments.ts";
import { Issues } from "../github/issues.ts";

const commit = "a".repeat(40);
const run = "https://github.com/octo/models/actions/runs/5";
const preview = (op: string) => ({
  steps: [
    { op: "same", urn: urn("pulumi:pulumi:Stack", "training-dev"), oldState: { custom: false } },
    { op, urn: urn("aws:s3/bucket:Bucket", "artifacts"), diffReasons: ["tags"] },
  ],
});

describe("drift-report and drift-issue", function () {
  this.timeout(60_000);
  let issues: Issues;
  let comments: IssueComments;
  let server: GitHubServer;
  let folder: string;
  const commands = new WarmCommands(repository);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "drift-"));
  });
  after(() => {
    commands.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    [issues, comments] = [new Issues(), new IssueComments()];
    server = await startGitHubServer([...comments.routes(), ...issues.routes()]);
  });
  afterEach(() => server[Symbol.asyncDispose]());

  const file = (name: string) => join(folder, name);

  /** Runs the commands of a night in which Pulumi plans an operation for the bucket. */
  async function night(op: string, env: NodeJS.ProcessEnv = {}, further: readonly string[] = []) {
    writeFileSync(file("preview.json"), JSON.stringify(preview(op)));
    const reported = await commands.run("drift-report", [
      "--preview",
      file("preview.json"),
      "--output",
      file("dev.json"),
    ]);
    assert.equal(reported.code, 0, reported.output);
    const own = { GITHUB_API_URL: server.url, GITHUB_REPOSITORY: "octo/models", GH_TOKEN: tokens.writer, ...env };
    const args = ["--commit", commit, "--run", run, file("dev.json"), ...further];
    return { reported, ...(await commands.run("drift-issue", args, { ...process.env, ...own })) };
  }

  it("open one issue, update it in place, and close it when the drift is gone", async () => {
    const pull = issues.add("", { pull_request: {} });
    const first = await night("update");
    assert.match(first.reported.output, /Resources: 1 to update\./);
    assert.deepEqual([first.code, first.output], [0, "dev: Opened #2.\n"]);
    const [, issue] = issues.all;
    assert.equal(issue?.title, "The stack dev differs from the code");
    assert.ok(
      issue?.body.startsWith("<!-- kept-issue drift dev -->\nThe stack `dev` in AWS is not what the code says."),
    );
    assert.ok(issue?.body.includes(`Compared with ${commit} by [this run](${run}).`));
    assert.doesNotMatch(readFileSync(file("dev.json"), "utf8"), /diffReasons/);

    assert.equal((await night("delete")).output, "dev: Updated #2.\n");
    assert.match(issue?.body ?? "", /1 to delete/);
    assert.equal((await night("same")).output, "dev: Closed #2.\n");
    assert.deepEqual([issue?.state, issue?.state_reason, pull.state], ["closed", "completed", "open"]);
    assert.match(comments.of(2)[0]?.body ?? "", /^The stack is what the code says at a{40}, by /);

    assert.equal((await night("same")).output, "dev: No issue is open, and none is needed.\n");
    assert.equal((await night("update")).output, "dev: Opened #3.\n");
  });

  it("keep an issue for each stack, leave those of people, and close one of a run at the same time", async () => {
    const line = "<!-- kept-issue drift dev -->\n";
    issues.add(line, { login: "mallory" });
    issues.add("<!-- kept-issue drift production -->\n");
    issues.add(line.replace("\n", "\r\n"));
    issues.add(line);
    writeFileSync(
      file("production.json"),
      JSON.stringify({ version: 1, stack: "production", differences: 0, text: "" }),
    );
    const { output } = await night("update", {}, [file("production.json")]);
    assert.equal(output, "dev: Updated #3.\nproduction: Closed #2.\n");
    assert.deepEqual(
      issues.open.map(({ number }) => number),
      [1, 3],
    );
    assert.equal(issues.all[0]?.body, line);
  });

  it("exit with one line if GitHub refuses, or if a file is none of drift-report", async () => {
    const refused = await night("update", { GH_TOKEN: tokens.reader });
    assert.equal(refused.code, 6);
    assert.match(refused.output, /^GitHub refuses POST \S+issues \(403: Resource not accessible by integration\); /);
    server.refuse({
      when: ({ method }) => method === "POST",
      status: 410,
      body: { message: "Issues has been disabled" },
    });
    assert.match((await night("update")).output, /\(410: .*\); enable issues in the repository's settings\.\n$/);
    writeFileSync(file("wrong.json"), "{}");
    const wrong = await night("same", {}, [file("wrong.json")]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.output, /wrong\.json is not a file of drift-report --output; /);
    assert.match((await night("same", {}, ["--run", "x"])).output, /^--run takes an https address, not "x"\.\n$/);
  });
});
