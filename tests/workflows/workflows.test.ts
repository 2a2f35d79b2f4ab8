import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { plantedMistakes } from "./planted-mistakes.ts";
import { jobOf, parseWorkflow, stepOf, workflowFolder, workflowTexts } from "./workflow-file.ts";
import { workflowProblems } from "./workflow-rules.ts";
import { installedZizmor, type Zizmor } from "./zizmor.ts";

const texts = workflowTexts();
const files = [...texts.keys()].map((file) => join(workflowFolder, file));
const [train = "", preview = ""] = [texts.get("train.yml"), texts.get("preview.yml")];

/** The accepted findings of zizmor. The line above each in the workflow gives the reason. */
const ignored = ["dangerous-triggers in comment-fork.yml", "secrets-outside-env in preview.yml"];

describe("the workflows", function () {
  this.timeout(120_000);
  let folder: string;
  let zizmor: Zizmor;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "workflows-"));
    zizmor = await installedZizmor();
  });
  after(() => rmSync(folder, { recursive: true }));

  it("have only the accepted findings of zizmor, each with a reason", async () => {
    assert.deepEqual(await zizmor(files), []);
    assert.deepEqual(await zizmor(files, "--no-ignores"), ignored);
    const lines = [...texts.values()].flatMap((text) => text.split("\n"));
    const ignores = lines.flatMap((line, index) => (line.includes("zizmor: ignore") ? [lines[index - 1] ?? ""] : []));
    assert.equal(ignores.length, ignored.length);
    for (const above of ignores) assert.match(above, /^ *# \w/);
  });

  it("have no finding of actionlint, if it is installed", function () {
    const { error, status, stdout } = spawnSync("actionlint", ["-no-color", ...files], { encoding: "utf8" });
    if (error !== undefined) this.skip();
    assert.equal(status, 0, stdout);
  });

  for (const [file, text] of texts)
    it(`follow this repository's rules: ${file}`, () => assert.deepEqual(workflowProblems(text), []));

  it("install the Pulumi CLI in the version of @pulumi/pulumi", () => {
    const { dependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    for (const [text, job] of [
      [train, "train"],
      [preview, "preview"],
    ] as const) {
      const { with: inputs } = stepOf(jobOf(parseWorkflow(text), job), "pulumi/actions");
      assert.deepEqual(inputs, { "pulumi-version": dependencies["@pulumi/pulumi"] });
    }
  });

  it("request credentials that outlast the job, and a job timeout that leaves time for the report", () => {
    const job = jobOf(parseWorkflow(train), "train");
    const seconds = Number(stepOf(job, "aws-actions/configure-aws-credentials").with?.["role-duration-seconds"]);
    const minutes = job["timeout-minutes"] ?? Number.POSITIVE_INFINITY;
    const [, check] = /--timeout (\d+)/.exec(stepOf(job, "Check the model").run ?? "") ?? [];
    const deploy = stepOf(job, "Deploy")["timeout-minutes"];
    assert.ok(minutes <= seconds / 60, `${seconds} s of credentials for ${minutes} minutes`);
    assert.ok(Number(check) + Number(deploy) < minutes, "time is left for the report");
    assert.ok(seconds <= 12 * 3600, "no role allows more");
  });

  it("have a job that says why nothing was previewed or deployed, and runs only then", () => {
    const pairs = [
      [train, "train", "not-configured"],
      [preview, "preview", "no-preview"],
    ] as const;
    for (const [text, job, other] of pairs) {
      const [does = "", not] = [jobOf(parseWorkflow(text), job).if, jobOf(parseWorkflow(text), other).if];
      const opposite = { "!=": "==", "==": "!=", "&&": "||" } as const;
      assert.equal(
        not,
        does.replaceAll(/!=|==|&&/g, (operator) => opposite[operator as keyof typeof opposite]),
      );
    }
  });

  describe("with a planted mistake", () => {
    for (const { what, file, from, to, rule, audit } of plantedMistakes)
      it(`are rejected: ${what}`, async () => {
        const text = texts.get(file) ?? "";
        const planted = text.replace(from, () => to);
        assert.notEqual(planted, text);
        if (rule !== undefined) assert.match(workflowProblems(planted).join("\n"), rule);
        if (audit === undefined) return;
        const path = join(folder, "planted.yml");
        writeFileSync(path, planted);
        const findings = await zizmor([path]);
        assert.ok(findings.includes(`${audit} in planted.yml`), findings.join(", "));
      });
  });
});
