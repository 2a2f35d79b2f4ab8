import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeProgram } from "./run-step.ts";
import { jobOf, parseWorkflow, stepOf, workflowTexts } from "./workflow-file.ts";

const workflows = workflowTexts();

function script(file: string, job: string, step: string): string {
  return stepOf(jobOf(parseWorkflow(workflows.get(file) ?? ""), job), step).run ?? "";
}

describe("the workflows' scripts", () => {
  let folder: string;
  const path = (...names: readonly string[]) => join(folder, ...names);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "scripts-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs a script with bash as GitHub does. */
  function run(text: string, env: NodeJS.ProcessEnv = {}) {
    writeFileSync(path("step.sh"), text);
    const { pid, status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "step.sh"], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: `${path("bin")}:${process.env["PATH"]}`, ...env },
    });
    return { pid, status, stdout, stderr };
  }

  const read = (name: string) => (existsSync(path(name)) ? readFileSync(path(name), "utf8") : "");

  const set = { AWS_REGION: "eu-central-1", PULUMI_STACK: "prod", PULUMI_BACKEND_URL: "s3://state" };
  for (const name of Object.keys(set))
    it(`say what to do if the variable ${name} is missing`, () => {
      const deploying = script("train-environment.yml", "train", "Check the configuration");
      assert.equal(run(deploying, set).status, 0);
      const { status, stdout } = run(deploying, { ...set, [name]: "", ENVIRONMENT: "dev" });
      assert.equal(status, 2);
      assert.match(stdout, /^::error::The environment dev lacks variables; run npm run -s github-environment /);
      if (name === "AWS_REGION") return;
      const previewing = script("preview.yml", "preview", "Check the configuration");
      assert.equal(run(previewing, set).status, 0);
      const { status: previewed, stderr } = run(previewing, { ...set, [name]: "" });
      assert.notEqual(previewed, 0);
      assert.match(stderr, new RegExp(`Set the repository variable ${name} to `));
    });

  const commands = [
    [
      "train-environment.yml",
      "train",
      "Deploy",
      "pulumi",
      "up --stack prod --yes --policy-pack policy --non-interactive",
    ],
    ["ci.yml", "test", "Test", "npm", "test"],
    ["ci.yml", "macos", "Train and check the sample model", "npm", "start"],
    ["nightly.yml", "dependencies", "Check the licences", "npm", "run -s licences"],
    ["nightly.yml", "dependencies", "Look for vulnerabilities", "npm", "audit"],
    [
      "preview.yml",
      "preview",
      "Preview",
      "pulumi",
      "preview --stack prod --policy-pack policy --json --non-interactive --event-log temp/events.jsonl",
    ],
    [
      "preview.yml",
      "preview",
      "Describe the preview",
      "npm",
      "run -s preview-comment -- --preview temp/preview.json --events temp/events.jsonl --as-part --output temp/preview-part.json",
    ],
  ] as const;
  for (const [file, job, step, command, args] of commands)
    it(`exec the command of the step ${step}, so that a cancellation signals it`, () => {
      mkdirSync(path("temp"));
      fakeProgram(folder, command, 'echo "$$ $*" > called');
      const { pid, status } = run(script(file, job, step), { PULUMI_STACK: "prod", RUNNER_TEMP: "temp" });
      assert.equal(status, 0);
      assert.equal(read("called"), `${pid} ${args}\n`);
    });

  it("append the check's report to the job summary, or the index and the report of each pipeline", () => {
    mkdirSync(path("report"));
    writeFileSync(path("report", "report.md"), "## Stack check: REGRESSION\n");
    writeFileSync(path("summary.md"), "Earlier.\n");
    const { status } = run(script("train-environment.yml", "train", "Summarise the check"), {
      GITHUB_STEP_SUMMARY: "summary.md",
    });
    assert.equal(status, 0);
    assert.equal(read("summary.md"), "Earlier.\n## Stack check: REGRESSION\n");

    writeFileSync(path("report", "report.md"), "## Stack check of 2 pipelines\n");
    for (const name of ["churn", "fraud"]) {
      mkdirSync(path("report", name));
      writeFileSync(path("report", name, "report.md"), `## ${name}\n`);
    }
    run(script("train-environment.yml", "train", "Summarise the check"), { GITHUB_STEP_SUMMARY: "several.md" });
    assert.equal(read("several.md"), "## Stack check of 2 pipelines\n## churn\n## fraud\n");
  });

  it("print why there is no preview", () => {
    const notice = script("preview.yml", "no-preview", "Say why");
    assert.match(
      run(notice, { NO_TOKEN: "true" }).stdout,
      /^::notice::.* of a fork or of Dependabot gets no credentials\.\n$/,
    );
    assert.match(run(notice, { NO_TOKEN: "false" }).stdout, /^::notice::.* AWS_PREVIEW_ROLE_ARN is not set; /);
  });
});
