import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandOrigin, isSourceChange } from "../../../check/execution/command-origin.ts";

describe("commandOrigin", () => {
  let folder: string;
  let commit: string;

  function git(...args: readonly string[]): string {
    const own = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    const { status, stdout, stderr } = spawnSync("git", ["-C", folder, ...own, ...args], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  }

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "origin-"));
    git("init", "-q");
    writeFileSync(join(folder, "index.ts"), "1\n");
    git("add", ".");
    git("commit", "-qm", "first");
    commit = git("rev-parse", "HEAD");
  });
  after(() => rmSync(folder, { recursive: true }));

  it("prefers the checked-out commit to GitHub's variable", async () => {
    assert.deepEqual(await commandOrigin(folder, { GITHUB_SHA: "f".repeat(40) }), { commit, changed: false });
  });

  it("reads the CI run and its attempt", async () => {
    const environment = { GITHUB_RUN_ID: "16023", GITHUB_RUN_ATTEMPT: "2" };
    assert.equal((await commandOrigin(folder, environment)).ciRun, "16023/2");
    assert.equal((await commandOrigin(folder, { GITHUB_RUN_ID: "16023" })).ciRun, "16023/1");
  });

  it("detects changed sources, but ignores a leftover report", async () => {
    mkdirSync(join(folder, "report"));
    writeFileSync(join(folder, "report", "report.json"), "{}");
    assert.equal((await commandOrigin(folder, {})).changed, false);
    writeFileSync(join(folder, "index.ts"), "2\n");
    assert.equal((await commandOrigin(folder, {})).changed, true);
  });

  it("uses GitHub's variable without a repository, and has no commit without both", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "origin-"));
    const commit = "f".repeat(40);
    assert.deepEqual(await commandOrigin(elsewhere, { GITHUB_SHA: commit }), { commit, changed: false });
    assert.deepEqual(await commandOrigin(elsewhere, {}), { changed: false });
    rmSync(elsewhere, { recursive: true });
  });

  const lines: readonly (readonly [string, boolean])[] = [
    [" M pipelines/crickets/pipeline.ts", true],
    ["M  Pulumi.dev.yaml", true],
    [" D index.ts", true],
    ["?? pipelines/new/", true],
    ["?? infra/new.ts", true],
    ["?? report/", false],
    ["?? notes about pipelines.txt", false],
    ["", false],
  ];
  for (const [line, isChange] of lines)
    it(`${isChange ? "counts" : "does not count"} ${JSON.stringify(line)} as a change of the sources`, () => {
      assert.equal(isSourceChange(line), isChange);
    });
});
