import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { installedActionlint } from "./actionlint.ts";
import { plantedMistakes } from "./planted-mistakes.ts";
import { jobOf, parseWorkflow, stepOf, workflowFolder, workflowTexts } from "./workflow-file.ts";
import { workflowProblems } from "./workflow-rules.ts";
import { installedZizmor, type Zizmor } from "./zizmor.ts";

const texts = workflowTexts();
const files = [...texts.keys()].map((file) => join(workflowFolder, file));
const [train = "", preview = ""] = [texts.get("train-environment.yml"), texts.get("preview.yml")];

/** The accepted findings of zizmor. The line above each in the workflow gives the reason. */
const ignored = [
  "dangerous-triggers in comment-fork.yml",
  "dangerous-triggers in dev-stack-clean.yml",
  "secrets-outside-env in preview.yml",
  ...Array.from({ length: 3 }, () => ["self-repository in train.yml", "secrets-inherit in train.yml"]).flat(),
].sort();

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
    assert.deepEqual([...(await zizmor(files, "--no-ignores"))].sort(), ignored);
    const lines = [...texts.values()].flatMap((text) => text.split("\n"));
    const ignores = lines.flatMap((line, index) => (line.includes("zizmor: ignore") ? [lines[index - 1] ?? ""] : []));
    assert.equal(ignores.length, ignored.length);
    for (const above of ignores) assert.match(above, /^ *# \w/);
  });

  it("have no finding of actionlint", async function () {
    const actionlint = await installedActionlint();
    if (actionlint === undefined) {
      console.log("      actionlint is skipped, because Go is not installed or does not get the module.");
      assert.notEqual(process.env["ACTIONLINT"], "required");
      this.skip();
    }
    const { status, stdout, stderr } = spawnSync(actionlint, ["-no-color", ...files], { encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
  });

  for (const [file, text] of texts)
    it(`follow this repository's rules: ${file}`, () => assert.deepEqual(workflowProblems(text), []));

  it("are all explained in docs/github.md, as is every other file of .github", () => {
    const page = readFileSync(join(repository, "docs", "github.md"), "utf8");
    const all = readdirSync(join(repository, ".github"), { recursive: true, encoding: "utf8" });
    for (const file of all.filter((name) => name.includes(".")))
      assert.match(
        page,
        new RegExp(`^\\| \\[${file.split("/").at(-1)}\\]\\(\\.\\./\\.github/${file}\\) \\|`, "m"),
        file,
      );
  });

  it("install the Pulumi CLI in the version of @pulumi/pulumi", () => {
    const { dependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    const steps = [...texts.values()].flatMap((text) =>
      Object.values(parseWorkflow(text).jobs).flatMap((job) => job.steps),
    );
    const installing = steps.filter(({ uses }) => uses?.startsWith("pulumi/actions@"));
    assert.ok(installing.length > 0);
    for (const { with: inputs } of installing)
      assert.deepEqual(inputs, { "pulumi-version": dependencies["@pulumi/pulumi"] });
  });

  it("end the checks in time for the report, before GitHub ends the job after six hours", () => {
    const { jobs } = parseWorkflow(train);
    const checks = Object.values(jobs).filter(({ steps }) => steps.some(({ run = "" }) => run.includes("--timeout")));
    assert.equal(checks.length, 3);
    for (const job of checks) {
      const minutes = job["timeout-minutes"] ?? Number.POSITIVE_INFINITY;
      const [, check] = /--timeout (\d+)/.exec(stepOf(job, "Check the model").run ?? "") ?? [];
      const deploy = job.steps.find(({ name }) => name === "Deploy")?.["timeout-minutes"] ?? 0;
      assert.ok(Number(check) + deploy < minutes, "time is left for the report");
      assert.ok(minutes < 360);
    }
  });

  it("have a job that says why nothing was previewed, and runs only then", () => {
    const [does = "", not] = [
      jobOf(parseWorkflow(preview), "preview").if,
      jobOf(parseWorkflow(preview), "no-preview").if,
    ];
    const opposite = { "!=": "==", "==": "!=", "&&": "||" } as const;
    assert.equal(
      not,
      does.replaceAll(/!=|==|&&/g, (operator) => opposite[operator as keyof typeof opposite]),
    );
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
