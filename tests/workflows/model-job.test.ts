import assert from "node:assert/strict";
import { StepFolder } from "./step-folder.ts";
import { jobOf, parseWorkflow, stepOf, workflowTexts } from "./workflow-file.ts";

const text = workflowTexts().get("preview.yml") ?? "";
const job = jobOf(parseWorkflow(text), "model");
const script = (step: string) => stepOf(job, step).run ?? "";

describe("the job model of preview.yml", () => {
  let folder: StepFolder;
  const commit = "0123456789".repeat(4);
  const env = () => ({
    BASE: commit,
    RUNNER_TEMP: folder.path("temp"),
    GITHUB_STEP_SUMMARY: folder.path("summary.md"),
  });

  beforeEach(() => {
    folder = new StepFolder();
  });
  afterEach(() => folder.remove());

  it("runs for each pull request, and has neither credentials nor secrets", () => {
    assert.equal(job.if, undefined);
    assert.deepEqual(job.permissions, { contents: "read" });
    const [, own = ""] = /\n {2}model:\n([\s\S]*?)\n {2}\w/.exec(text) ?? [];
    assert.match(own, /check-change/);
    assert.doesNotMatch(own, /secrets\.|vars\.|configure-aws|github\.token/);
  });

  it("checks out the head with the history to the commit where it left the base", () => {
    const { ref, "fetch-depth": depth, "persist-credentials": persists } = stepOf(job, "actions/checkout").with ?? {};
    assert.deepEqual([ref, depth, persists], ["${{ github.event.pull_request.head.sha }}", 0, false]);
    assert.deepEqual(stepOf(job, "Train base and head").env, { BASE: "${{ github.event.pull_request.base.sha }}" });
  });

  it("execs the command with the pull request's base, and keeps its result when the model is worse", () => {
    const worse =
      'mkdir -p "$RUNNER_TEMP/model-change" && echo "### Model: REGRESSION" > "$RUNNER_TEMP/model-change/model-change.md"';
    folder.fake("npm", `echo "$$ $*" > called\n${worse}\nexit 1`);
    const { pid, status } = folder.run(script("Train base and head"), env());
    assert.equal(status, 1);
    const report = folder.path("temp", "model-change");
    assert.equal(folder.read("called"), `${pid} run -s check-change -- --base ${commit} --report ${report}\n`);

    assert.equal(folder.run(script("Summarise the change of the model"), env()).status, 0);
    assert.equal(folder.read("summary.md"), "### Model: REGRESSION\n");
    const { if: condition, with: inputs } = stepOf(job, "Keep the change of the model");
    assert.equal(condition, "${{ !cancelled() }}");
    assert.deepEqual([inputs?.["name"], inputs?.["path"]], ["model-change", "${{ runner.temp }}/model-change"]);
  });

  it("summarises nothing after a command without a result", () => {
    assert.equal(folder.run(script("Summarise the change of the model"), env()).status, 0);
    assert.equal(folder.read("summary.md"), "");
  });
});
