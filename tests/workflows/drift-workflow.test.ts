import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { urn } from "../check/preview/recorded-preview.ts";
import { type GitHubServer, startGitHubServer, tokens } from "../github/github-server.ts";
import { Issues } from "../github/issues.ts";
import { runStep } from "./run-step.ts";
import { jobOf, parseWorkflow, stepOf, workflowTexts } from "./workflow-file.ts";

const drift = parseWorkflow(workflowTexts().get("drift.yml") ?? "");
const [compare, issue] = [jobOf(drift, "compare"), jobOf(drift, "issue")];

const preview = JSON.stringify({
  steps: [
    { op: "refresh", urn: urn("aws:s3/bucket:Bucket", "artifacts") },
    { op: "same", urn: urn("pulumi:pulumi:Stack", "training-dev"), oldState: { custom: false } },
    { op: "update", urn: urn("aws:s3/bucket:Bucket", "artifacts"), diffReasons: ["tags"] },
  ],
});

describe("drift.yml", function () {
  this.timeout(60_000);
  let folder: string;
  let issues: Issues;
  let server: GitHubServer;
  const path = (...names: readonly string[]) => join(folder, ...names);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "drift-"));
    for (const name of ["bin", "temp", "temp/drift"]) mkdirSync(path(name));
    issues = new Issues();
    server = await startGitHubServer(issues.routes());
    fake("pulumi", `echo "$$ $*" > called\ncat "${path("recorded.json")}"`);
    // npm runs its scripts in the folder of the package, which is the checkout.
    fake("npm", `exec "$(PATH="\${PATH#*:}" command -v npm)" --prefix "${repository}" "$@"`);
    writeFileSync(path("recorded.json"), preview);
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await server[Symbol.asyncDispose]();
  });

  /** Replaces a command by a bash script. */
  function fake(name: string, text: string): void {
    writeFileSync(path("bin", name), `#!/usr/bin/env bash\n${text}\n`);
    chmodSync(path("bin", name), 0o755);
  }

  const run = (job: typeof compare, step: string, env: NodeJS.ProcessEnv = {}) =>
    runStep(stepOf(job, step).run ?? "", folder, {
      ...{
        HOME: process.env["HOME"],
        RUNNER_TEMP: path("temp"),
        PULUMI_STACK: "dev",
        PULUMI_BACKEND_URL: "s3://state",
      },
      ...{ AWS_DRIFT_ROLE_ARN: "arn:aws:iam::111111111111:role/drift", ENVIRONMENT: "dev" },
      ...{ GITHUB_STEP_SUMMARY: path("summary.md"), GITHUB_SHA: "a".repeat(40), GITHUB_RUN_ID: "5" },
      ...{ GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "octo/models" },
      ...{ GITHUB_API_URL: server.url, GH_TOKEN: tokens.writer, ...env },
    });

  it("compares each environment on main, with its own role, and without reviewers of the deploying environment", () => {
    assert.deepEqual(Object.keys(drift.on), ["schedule", "workflow_dispatch"]);
    assert.match(compare.if ?? "", /^github\.ref == 'refs\/heads\/main' && /);
    assert.deepEqual(compare.environment, { name: `\${{ matrix.environment }}-drift` });
    assert.deepEqual(compare.permissions, { contents: "read", "id-token": "write" });
    assert.deepEqual(stepOf(compare, "aws-actions/configure-aws-credentials").with, {
      "aws-region": `\${{ vars.AWS_REGION }}`,
      "role-to-assume": `\${{ vars.AWS_DRIFT_ROLE_ARN }}`,
    });
  });

  it("names the command that sets missing variables", async () => {
    assert.equal((await run(compare, "Check the configuration")).status, 0);
    const { status, stdout } = await run(compare, "Check the configuration", { AWS_DRIFT_ROLE_ARN: "" });
    assert.equal(status, 2);
    assert.match(stdout, /^::error::The environment dev-drift lacks variables; run npm run -s github-environment/);
  });

  it("reads the account without changing the state, and opens an issue about the difference in another job", async () => {
    const { pid, status } = await run(compare, "Read the account");
    assert.equal(status, 0);
    const args = "preview --stack dev --refresh --json --non-interactive";
    assert.equal(readFileSync(path("called"), "utf8"), `${pid} ${args}\n`);

    const compared = await run(compare, "Compare by meaning");
    assert.equal(compared.status, 0, compared.stderr);
    assert.match(readFileSync(path("summary.md"), "utf8"), /^The stack `dev` in AWS is not what the code says\./);

    const handed = readFileSync(path("temp", "drift-dev.json"));
    writeFileSync(path("temp", "drift", "drift-dev.json"), handed);
    assert.deepEqual(issue.permissions, { contents: "read", issues: "write" });
    const kept = await run(issue, "Keep the issues");
    assert.deepEqual([kept.status, kept.stdout], [0, "dev: Opened #1.\n"], kept.stderr);
    assert.match(issues.all[0]?.body ?? "", /by \[this run\]\(https:\/\/github\.com\/octo\/models\/actions\/runs\/5\)/);
  });

  it("fails if pulumi fails, and leaves the issue of that stack as it is", async () => {
    fake("pulumi", "exit 255");
    assert.equal((await run(compare, "Read the account")).status, 255);
    const earlier = issues.add("<!-- kept-issue drift dev -->\nEarlier.");
    const kept = await run(issue, "Keep the issues");
    assert.deepEqual([kept.status, kept.stdout], [0, ""], kept.stderr);
    assert.deepEqual([earlier.state, server.requests], ["open", []]);
  });
});
