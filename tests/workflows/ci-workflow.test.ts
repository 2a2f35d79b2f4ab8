import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { repository } from "../../scripts/local-stack/folders.ts";
import { jobOf, parseWorkflow, stepOf, workflowTexts } from "./workflow-file.ts";

const texts = workflowTexts();
const ci = parseWorkflow(texts.get("ci.yml") ?? "");
const nightly = parseWorkflow(texts.get("nightly.yml") ?? "");

describe("the workflows ci.yml and nightly.yml", () => {
  it("run the tests once for each of the three versions of Node, and nowhere else", () => {
    const { strategy } = parse(texts.get("ci.yml") ?? "").jobs.test;
    assert.deepEqual(strategy, { "fail-fast": false, matrix: { node: ["22", "24", "26"] } });
    const setup = jobOf(ci, "test").steps.find(({ uses }) => uses?.startsWith("actions/setup-node@"));
    assert.equal(setup?.with?.["node-version"], `\${{ matrix.node }}`);
    const testing = [...texts].flatMap(([file, text]) =>
      Object.entries(parseWorkflow(text).jobs)
        .filter(([, { steps }]) => steps.some(({ run = "" }) => /npm (run )?(-s )?test\b/.test(run)))
        .map(([job]) => `${file} ${job}`),
    );
    assert.deepEqual(testing, ["ci.yml test"]);
  });

  it("fail without actionlint", () => {
    assert.deepEqual(stepOf(jobOf(ci, "test"), "Test").env, { ACTIONLINT: "required" });
  });

  it("run the main job on macOS, after the library that XGBoost needs", () => {
    const { "runs-on": runner } = parse(texts.get("ci.yml") ?? "").jobs.macos;
    assert.match(runner, /^macos-\d+$/);
    const runs = jobOf(ci, "macos").steps.flatMap(({ run }) => run ?? []);
    assert.deepEqual(runs, ["brew install libomp", "exec npm start"]);
  });

  it("look for vulnerabilities at night only, even if a licence is not accepted", () => {
    assert.deepEqual(Object.keys(nightly.on).sort(), ["schedule", "workflow_dispatch"]);
    const audit = stepOf(jobOf(nightly, "dependencies"), "Look for vulnerabilities");
    assert.equal(audit.if, `\${{ !cancelled() }}`);
    const auditing = [...texts].filter(([, text]) => /npm (run -s licences|audit)/.test(text));
    assert.deepEqual(
      auditing.map(([file]) => file),
      ["nightly.yml"],
    );
  });
});

describe("dependabot.yml", () => {
  it("updates npm, the actions, and each folder with a lock of Python packages", () => {
    const { updates } = parse(readFileSync(join(repository, ".github", "dependabot.yml"), "utf8"));
    const folders: Record<string, readonly string[]> = {};
    for (const { "package-ecosystem": ecosystem, directory, directories = [directory] } of updates)
      folders[ecosystem] = directories;
    const files = execFileSync("git", ["ls-files", "*.txt"], { cwd: repository, encoding: "utf8" }).trim().split("\n");
    const locks = files.filter((file) => readFileSync(join(repository, file), "utf8").includes("--hash=sha256:"));
    assert.ok(locks.length > 0);
    const pip = [...new Set(locks.map((file) => `/${dirname(file)}`))].sort();
    assert.deepEqual(folders, { npm: ["/"], "github-actions": ["/"], pip });
  });
});
