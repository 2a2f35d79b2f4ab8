import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeProgram, runStep } from "./run-step.ts";
import { jobOf, parseWorkflow, stepOf, workflowTexts } from "./workflow-file.ts";

const text = workflowTexts().get("preview.yml") ?? "";
const job = jobOf(parseWorkflow(text), "model");

describe("the job model of preview.yml", () => {
  let temp: string;
  const commit = "0123456789".repeat(4);

  const run = (step: string) =>
    runStep(stepOf(job, step).run ?? "", temp, {
      ...{ BASE: commit, RUNNER_TEMP: join(temp, "runner") },
    });
  const read = (name: string) => readFileSync(join(temp, name), "utf8");

  beforeEach(() => {
    temp = mkdtempSync(join(tmpdir(), "model-"));
  });
  afterEach(() => rmSync(temp, { recursive: true }));

  it("runs for each pull request, and has neither credentials nor secrets", () => {
    assert.equal(job.if, undefined);
    assert.deepEqual(job.permissions, { contents: "read" });
    const [, own = ""] = /\n {2}model:\n([\s\S]*?)\n {2}\w/.exec(text) ?? [];
    assert.match(own, /check-change/);
    assert.doesNotMatch(own, /secrets\.|vars\.|configure-aws|github\.token/);
  });

  it("checks out the head with the history to the commit where it left the base", () => {
    const { ref, "fetch-depth": depth, "persist-credentials": persists } = stepOf(job, "actions/checkout").with ?? {};
    assert.deepEqual([ref, depth, persists], [`\${{ github.event.pull_request.head.sha }}`, 0, false]);
    assert.deepEqual(stepOf(job, "Train base and head").env, {
      BASE: `\${{ github.event.pull_request.base.sha }}`,
    });
  });

  it("execs the command with the pull request's base, and keeps its result when the model is worse", async () => {
    const result = '"$RUNNER_TEMP/model-change/model-change.md"';
    const npm = `mkdir -p "$RUNNER_TEMP/model-change" && echo "### Model: REGRESSION" > ${result}\nexit 1`;
    fakeProgram(temp, "npm", `echo "$$ $*" > called\n${npm}`);
    const { pid, status } = await run("Train base and head");
    assert.equal(status, 1);
    const report = join(temp, "runner", "model-change");
    assert.equal(read("called"), `${pid} run -s check-change -- --base ${commit} --report ${report}\n`);

    // The job `write` puts the result into the run's summary, together with the preview.
    const { if: condition, with: inputs } = stepOf(job, "Keep the change of the model");
    assert.equal(condition, `\${{ !cancelled() }}`);
    assert.deepEqual([inputs?.["name"], inputs?.["path"]], ["model-change", `\${{ runner.temp }}/model-change`]);
  });
});
