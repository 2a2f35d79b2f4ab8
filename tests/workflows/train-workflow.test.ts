import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentOrder } from "../../scripts/github/workflow-values.ts";
import { recordedCall, recordNpm, runStep } from "./run-step.ts";
import { jobOf, parseWorkflow, stepOf, workflowTexts } from "./workflow-file.ts";

const texts = workflowTexts();
const train = parseWorkflow(texts.get("train.yml") ?? "");
const { jobs } = parseWorkflow(texts.get("train-environment.yml") ?? "");

describe("train.yml", () => {
  it("takes a commit through the environments in their order, and stops where a check fails", () => {
    environmentOrder.forEach((name, index) => {
      const job = jobOf(train, name);
      assert.equal(job.with?.["environment"], name);
      assert.ok(job.if?.includes(`'[]'), '${name}')`));
      // A job that needs a skipped one is skipped, unless its condition has a function such as failure().
      assert.equal(job.needs, environmentOrder[index - 1]);
      if (index > 0) assert.ok(job.if?.startsWith("!cancelled() && !failure() && "));
    });
  });

  describe("checks the model", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "train-"));
      recordNpm(folder);
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    async function called(job: string, step: string, env: NodeJS.ProcessEnv = {}) {
      const { run = "" } = stepOf(jobOf({ ...train, jobs }, job), step);
      const plain = { PULUMI_STACK: "prod", PIPELINE: "", PARAMETERS: "", ALWAYS: "", GITHUB_OUTPUT: "output" };
      const { pid, status, stderr } = await runStep(run, folder, { ...plain, ...env });
      assert.equal(status, 0, stderr);
      const [process, ...args] = recordedCall(folder);
      assert.equal(process, String(pid), "a cancellation signals npm");
      return args;
    }
    const common = ["run", "-s", "check-stack", "--", "--stack", "prod"];

    it("of all pipelines after a push, and hands a long execution over", async () => {
      const step = ["--timeout", "240", "--hand-over", "output", "--report", "report"];
      assert.deepEqual(await called("train", "Check the model"), [...common, "--parameters", "", ...step]);
      const later = ["--timeout", "330", "--hand-over", "output", "--report", "report"];
      assert.deepEqual(await called("follow", "Check the model"), [...common, "--parameters", "", ...later]);
      const last = ["--timeout", "330", "--report", "report"];
      assert.deepEqual(await called("follow-last", "Check the model"), [...common, "--parameters", "", ...last]);
    });

    it("of one pipeline with parameters and --always when a person starts it, without running their text", async () => {
      const env = { PIPELINE: "churn", PARAMETERS: 'Rows=5 Name="$(touch x)"', ALWAYS: "--always" };
      assert.deepEqual((await called("train", "Check the model", env)).slice(common.length, -6), [
        ...["--pipeline", "churn", "--always", "--parameters", 'Rows=5 Name="$(touch x)"'],
      ]);
    });

    it("with the same options in the job that stops the execution of a cancelled run", async () => {
      assert.match(jobs["stop"]?.if ?? "", /cancelled\(\)/);
      assert.deepEqual(jobs["stop"]?.needs, ["train", "follow", "follow-last"]);
      const env = { PIPELINE: "churn", PARAMETERS: "Rows=5" };
      assert.deepEqual(await called("stop", "Stop", env), [
        ...[...common, "--pipeline", "churn", "--parameters", "Rows=5", "--stop"],
      ]);
    });
  });

  it("goes on in a later job only while an execution is unfinished", () => {
    for (const [job, before] of [
      ["follow", "train"],
      ["follow-last", "follow"],
    ] as const) {
      assert.equal(jobs[job]?.needs, before);
      assert.ok(jobs[job]?.if?.includes(`!cancelled() && needs.${before}.outputs.unfinished == 'true'`));
      assert.deepEqual(Object.keys(jobs[before]?.outputs ?? {}), ["unfinished"]);
    }
  });

  it("gives each check the role that it assumes again, and shows the deployment's page", () => {
    for (const job of Object.values(jobs)) {
      const check = stepOf(job, job.steps.some(({ name }) => name === "Stop") ? "Stop" : "Check the model");
      assert.match(check.env?.["AWS_ROLE_ARN"] ?? "", /vars\.AWS_DEPLOY_ROLE_ARN/);
      assert.match(job.environment?.url ?? "", /actions\/runs/);
    }
  });
});
