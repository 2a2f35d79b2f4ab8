import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentOrder } from "../../scripts/github/workflow-values.ts";
import { fakeProgram, recordedCall, recordNpm, runStep } from "./run-step.ts";
import { jobOf, parseWorkflow, stepOf, workflowTexts } from "./workflow-file.ts";

const workflow = (file: string) => parseWorkflow(workflowTexts().get(file) ?? "");
const [devStack, cleaning] = [workflow("dev-stack.yml"), workflow("dev-stack-clean.yml")];
const [stack, clean] = [jobOf(devStack, "stack"), jobOf(cleaning, "clean")];

describe("dev-stack.yml and dev-stack-clean.yml", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dev-stack-"));
    recordNpm(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function called(job: typeof stack, step: string, env: NodeJS.ProcessEnv) {
    const { pid, status, stderr } = await runStep(stepOf(job, step).run ?? "", folder, env);
    assert.equal(status, 0, stderr);
    const [process, ...args] = recordedCall(folder);
    assert.equal(process, String(pid), "a cancellation signals npm");
    return args;
  }

  it("act on a label of the pull request, whose text is no part of a script", async () => {
    const env = { ACTION: "dev-stack-up", NAME: "", PULL_REQUEST: "7", KEEP: "" };
    const common = ["run", "-s", "dev-stack", "--"];
    assert.deepEqual(await called(stack, "Do it", env), [...common, "up", "--pull-request", "7", "--report", "report"]);
    const evil = { ACTION: "$(touch x)", NAME: "a; touch x", PULL_REQUEST: "", KEEP: "--keep" };
    assert.deepEqual(await called(stack, "Do it", evil), [
      ...[...common, "$(touch x)", "--name", "a; touch x", "--keep", "--report", "report"],
    ]);
  });

  it("start for a label or by hand only, never for a new commit, a fork or Dependabot, and only with an environment", () => {
    const on = devStack.on as Readonly<Record<string, { readonly types?: readonly string[] }>>;
    assert.deepEqual(on["pull_request"], { types: ["labeled", "closed"] });
    assert.deepEqual(Object.keys(on), ["pull_request", "workflow_dispatch"]);
    assert.match(stack.if ?? "", /github\.event\.action == 'labeled' && contains\(fromJSON\('\["dev-stack-up", /);
    assert.match(stack.if ?? "", /head\.repo\.full_name == github\.repository &&\s/);
    assert.match(stack.if ?? "", /user\.login != 'dependabot\[bot\]'/);
    assert.match(
      stack.if ?? "",
      /^contains\(fromJSON\(vars\.DEV_STACK_ENVIRONMENTS \|\| '\[\]'\), inputs\.environment/,
    );
    assert.deepEqual(stack.environment, { name: `\${{ inputs.environment || 'dev' }}-devstacks` });
  });

  it("check out the labelled commit, but the base's program to destroy", () => {
    const { ref } = stepOf(stack, "actions/checkout").with ?? {};
    const destroys = "github.event.label.name == 'dev-stack-destroy' && github.event.pull_request.base.sha";
    assert.equal(ref, `\${{ ${destroys} || github.event.pull_request.head.sha || github.sha }}`);
  });

  it("run one job at a time for each stack, and let no other label replace a waiting one", () => {
    const { group = "", "cancel-in-progress": cancels } = devStack.concurrency ?? {};
    assert.equal(cancels, false);
    assert.match(
      group,
      /^dev-stack-\$\{\{ inputs\.name \|\| startsWith\(github\.event\.label\.name, 'dev-stack-'\) &&\s/,
    );
    assert.match(group, /format\('pr-\{0\}', github\.event\.pull_request\.number\) \|\| github\.run_id \}\}$/);
  });

  it("have no token that can write to GitHub", () => {
    const read = { contents: "read", "id-token": "write" };
    assert.deepEqual([stack.permissions, jobOf(devStack, "closed").permissions], [read, {}]);
    assert.deepEqual(clean.permissions, { ...read, "pull-requests": "read" });
  });

  it("offer the environments that github-environment makes", () => {
    const { inputs } =
      (devStack.on as Readonly<Record<string, { inputs?: { environment: { options: string[] } } }>>)[
        "workflow_dispatch"
      ] ?? {};
    assert.deepEqual(inputs?.environment.options, [...environmentOrder]);
  });

  it("clean up with main's program, after a pull request closed and every night", async () => {
    const on = cleaning.on as Readonly<Record<string, unknown>>;
    assert.deepEqual(on["workflow_run"], { workflows: ["dev-stack"], types: ["completed"] });
    assert.ok("schedule" in on);
    assert.match(clean.if ?? "", /^github\.ref == 'refs\/heads\/main' && /);
    assert.deepEqual(stepOf(clean, "actions/checkout").with, { "persist-credentials": false });
    assert.deepEqual(clean.environment, { name: `\${{ matrix.environment }}-devstacks-clean` });
    const summary = { GITHUB_STEP_SUMMARY: join(folder, "summary.md") };
    fakeProgram(folder, "npm", 'echo "- $*"');
    const listed = await runStep(stepOf(clean, "List what is no longer needed").run ?? "", folder, summary);
    assert.equal(listed.stdout, "- run -s dev-stacks -- --older-than 7\n");
    assert.equal(readFileSync(summary.GITHUB_STEP_SUMMARY, "utf8"), listed.stdout);
    recordNpm(folder);
    assert.deepEqual(await called(clean, "Destroy what is no longer needed", {}), [
      ...["run", "-s", "dev-stacks", "--", "--older-than", "7", "--destroy"],
    ]);
  });
});
