import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { previewPart } from "../../check/preview/preview-part.ts";
import { readMarked } from "../../github/comment-marker.ts";
import { repository } from "../../scripts/local-stack/folders.ts";
import { exampleChange } from "../check/change/example-change.ts";
import { type CommentServer, commits, startCommentServer } from "../github/comment-server.ts";
import { tokens } from "../github/github-server.ts";
import { runStep } from "./run-step.ts";
import { jobOf, parseWorkflow, stepOf, workflowTexts } from "./workflow-file.ts";

const script = (file: string, job: string, step: string) =>
  stepOf(jobOf(parseWorkflow(workflowTexts().get(file) ?? ""), job), step).run ?? "";

describe("the jobs that write and post the comment", function () {
  this.timeout(60_000);
  let temp: string;
  let github: CommentServer;

  before(async () => {
    temp = mkdtempSync(join(tmpdir(), "comment-"));
    for (const name of ["bin", "parts", "comment"]) mkdirSync(join(temp, name));
    // The steps run in the checkout; this test's own folder has the files that GitHub gives them.
    const npm = join(temp, "bin", "npm");
    writeFileSync(
      npm,
      `#!/usr/bin/env bash\n[ "$1 $2 $4" = "run -s --" ] || exit 9\nexec "${process.execPath}" "${repository}/scripts/launch.mjs" "$3" "\${@:5}"\n`,
    );
    chmodSync(npm, 0o755);
    github = await startCommentServer();
  });
  after(async () => {
    await github.server[Symbol.asyncDispose]();
    rmSync(temp, { recursive: true });
  });

  const env = (further: NodeJS.ProcessEnv = {}) => ({
    ...github.env,
    ...{ RUNNER_TEMP: temp, GITHUB_STEP_SUMMARY: join(temp, "summary.md"), GITHUB_RUN_NUMBER: "3" },
    ...{ GITHUB_SERVER_URL: "https://github.com", GITHUB_RUN_ID: "41" },
    ...further,
  });
  const written = () => readFileSync(join(temp, "comment.md"), "utf8");
  const write = () => runStep(script("preview.yml", "write", "Write the comment"), temp, env());

  it("write that the model was not checked if no job before has a result", async () => {
    const { status, stderr } = await write();
    assert.equal(status, 0, stderr);
    assert.equal(written(), "**Look at this change before you merge it.** Model: not checked.\n");
  });

  it("join the results of both jobs, show them in the summary, and post them with the base's commit", async () => {
    writeFileSync(join(temp, "parts", "model-change.json"), JSON.stringify(exampleChange));
    writeFileSync(join(temp, "parts", "preview-part.json"), JSON.stringify(previewPart({ steps: [] })));
    const { status, stderr } = await write();
    assert.equal(status, 0, stderr);
    assert.match(
      written(),
      /^\*\*Do not merge this change\.\*\* Model: REGRESSION, .*; stack: no resource would change\.\n/,
    );
    assert.match(
      written(),
      /in the \[artifacts of the run\]\(https:\/\/github\.com\/octo\/models\/actions\/runs\/41\)\./,
    );
    assert.ok(readFileSync(join(temp, "summary.md"), "utf8").endsWith(written()));

    writeFileSync(join(temp, "comment", "comment.md"), written());
    const given = { GH_TOKEN: tokens.writer, PULL_REQUEST: "7", HEAD: commits.head, BASE: commits.base };
    const posted = await runStep(script("preview.yml", "comment", "Comment on the pull request"), temp, env(given));
    assert.equal(posted.status, 0, posted.stderr);
    const [comment] = github.comments.of(7);
    assert.equal(readMarked(comment?.body ?? "")?.text, written());

    const push = { GH_TOKEN: tokens.writer, GITHUB_REF_NAME: "main", GITHUB_SHA: commits.newBase };
    const stale = await runStep(script("comment-stale.yml", "stale", "Mark stale comments"), temp, env(push));
    assert.equal(stale.stdout, "Marked the comments of #7 as stale.\n");
  });

  it("fail with a line if the model's result is of another version", async () => {
    writeFileSync(join(temp, "parts", "model-change.json"), JSON.stringify({ ...exampleChange, version: 2 }));
    const { status, stderr } = await write();
    assert.equal(status, 2);
    assert.match(stderr, /^--model \S+ cannot be read \(version: .*\); give the file of the same commit\.\n$/);
  });
});
