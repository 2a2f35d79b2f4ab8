import assert from "node:assert/strict";
import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type ModelChange, modelChangeSchema, type PipelineModelChange } from "../check/change/model-change.ts";
import { FreshClone } from "./fresh-clone/fresh-clone.ts";
import { WarmCommands } from "./fresh-clone/warm-command.ts";

/** A clone whose base has the pipelines `cicadas`, `crickets` and `scores`, the last one without a gate. */
describe("check-change", function () {
  this.timeout(180_000);
  let clone: FreshClone;

  const folderOf = (name: string) => join(clone.folder, "pipelines", name);

  async function git(...args: readonly string[]): Promise<string> {
    const own = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    const { code, output } = await clone.run("git", [...own, ...args]);
    assert.equal(code, 0, output);
    return output.trim();
  }

  /** Runs the command against the base `main`, and reads its result. */
  async function change(): Promise<{ readonly output: string; readonly result: ModelChange; readonly text: string }> {
    const { code, output } = await clone.run(process.execPath, [
      "scripts/launch.mjs",
      "check-change",
      "--base",
      "main",
    ]);
    const result = modelChangeSchema.parse(clone.readJson(".local/model-change/model-change.json"));
    assert.equal(result.exitCode, code, output);
    assert.deepEqual(clone.processes(), [], "it leaves no process behind");
    assert.deepEqual(readdirSync(join(clone.folder, ".local", "change")), [], "it leaves neither a tree nor a state");
    assert.equal((await git("worktree", "list")).split("\n").length, 1, "it leaves no worktree");
    const text = readFileSync(join(clone.folder, ".local", "model-change", "model-change.md"), "utf8");
    return { output, result, text };
  }

  const pipelineOf = ({ pipelines }: ModelChange, name: string): PipelineModelChange =>
    pipelines.find(({ folder }) => folder === name) ?? assert.fail(name);

  const steps = ({ head, run: ran }: PipelineModelChange, cached: boolean) =>
    ((head ?? ran)?.execution?.steps ?? []).filter((step) => step.cached === cached).map(({ name }) => name);

  before(async () => {
    clone = await FreshClone.make();
    cpSync(folderOf("crickets"), folderOf("cicadas"), { recursive: true });
    cpSync(join(clone.folder, "tests/pipelines-under-test/scores"), folderOf("scores"), { recursive: true });
    await git("init", "-q", "-b", "main");
    await git("add", "-A");
    await git("commit", "-qm", "base");
    await git("checkout", "-qb", "branch");
  });
  after(() => clone.remove());

  it("asks for a base that the clone has", async () => {
    const warm = new WarmCommands(clone.folder);
    for (const [args, message] of [
      [[], /^--base is missing: give the branch/],
      [
        ["--base", "nowhere"],
        /^--base nowhere is no commit of this clone: give a branch or a commit, or run git fetch/,
      ],
      [
        ["--base", "main", "--pipeline", "clam"],
        /^There is no pipeline "clam"; there are: cicadas, crickets, scores\./,
      ],
      [["--base", "main", "--file", "package.json"], /^--file is meant for one pipeline, but several have a gate/],
    ] as const) {
      const { code, output } = await warm.run("check-change", args, clone.environment({}));
      assert.equal(code, 2, output);
      assert.match(output, message);
    }
    warm.stop();
  });

  it("trains nothing if only a page changes", async () => {
    appendFileSync(join(clone.folder, "README.md"), "\nMore words.\n");
    const { output, result, text } = await change();
    assert.equal(result.exitCode, 0, output);
    assert.equal(result.verdict, "nothing");
    assert.doesNotMatch(output, /^Execution/m);
    assert.match(text, /^### Model: nothing changes the model\n\nHead `\w+` with the changes of the working tree /);
    assert.match(
      text,
      /\nSame definition, code, data and thresholds, so not trained: `cicadas`, `crickets`, `scores`\.\n/,
    );
  });

  it("judges each changed pipeline against the base, and a changed threshold by both values", async () => {
    clone.edit("pipelines/crickets/pipeline.ts", "rounds: 30", "rounds: 1");
    clone.edit("pipelines/crickets/pipeline.ts", "context.ceiling ?? 6", "context.ceiling ?? 100");
    clone.edit("pipelines/crickets/pipeline.ts", "context.relativeTolerance ?? 0.02", "context.relativeTolerance ?? 1");
    clone.edit("pipelines/crickets/pipeline.ts", "context.absoluteTolerance ?? 0", "context.absoluteTolerance ?? 100");
    clone.edit("pipelines/scores/copy.py", '"""Copies', '"""Really copies');
    cpSync(folderOf("cicadas"), folderOf("grasshoppers"), { recursive: true });
    clone.edit("pipelines/grasshoppers/pipeline.ts", "context.ceiling ?? 6", "context.ceiling ?? 0.0001");
    rmSync(folderOf("cicadas"), { recursive: true });

    const { output, result, text } = await change();
    assert.deepEqual([result.verdict, result.exitCode], ["regression", 1], output);
    assert.deepEqual(
      result.pipelines.map(({ folder, kind }) => [folder, kind]),
      [
        ["cicadas", "removed"],
        ["crickets", "changed"],
        ["grasshoppers", "new"],
        ["scores", "changed"],
      ],
    );
    const crickets = pipelineOf(result, "crickets");
    assert.deepEqual(crickets.parts, ["definition", "thresholds"]);
    assert.deepEqual([crickets.base?.verdict, crickets.head?.verdict], ["pass", "pass"]);
    assert.equal(crickets.underBase?.verdict, "regression");
    assert.deepEqual(steps(crickets, true), ["SplitChirps"]);
    assert.ok((crickets.head?.baseline?.value ?? Infinity) < (crickets.head?.candidate?.value ?? 0));
    const scores = pipelineOf(result, "scores");
    assert.match(text, /\n#### Pipeline `scores`: RAN, NO GATE JUDGES IT\n/);
    assert.match(output, /\n {2}but `crickets` is REGRESSION by the base's thresholds\n/);
    assert.match(output, /\n {2}cicadas {7}removed\n {2}crickets {6}PASS {2}MSE [\d.]+ → [\d.]+\n/);
    assert.deepEqual([scores.parts, scores.run?.exitCode, steps(scores, false)], [["code"], 0, ["CopyScores"]]);
    assert.equal(pipelineOf(result, "grasshoppers").base, undefined);

    assert.match(
      text,
      /^### Model: REGRESSION, `grasshoppers`: MSE [\d.]+, but `crickets` is REGRESSION by the base's thresholds\n/,
    );
    assert.match(text, /\nRemoved: `cicadas`\.\n/);
    assert.match(text, /\n\| ceiling \| 6 \| 100 \|\n[\s\S]*\| verdict on head's model \| REGRESSION \| PASS \|\n/);
    assert.match(text, /rounds: 30 -> 1|rounds: "30" -> "1"/);
    for (const page of ["crickets", "crickets/base", "grasshoppers"])
      assert.match(readFileSync(join(clone.folder, ".local/model-change", page, "report.html"), "utf8"), /<figure /);
  });

  it("reports a mistake in head's pipeline.ts, and leaves no earlier result", async () => {
    clone.edit("pipelines/scores/pipeline.ts", "export function getPipeline", "function getPipeline");
    const { output, result, text } = await change();
    assert.deepEqual([result.verdict, result.exitCode, result.pipelines], ["error", 2, []], output);
    assert.match(output, /pipelines\/scores\/pipeline\.ts does not export a function getPipeline/);
    assert.match(text, /^### Model: ERROR\n\n```text\n.*pipelines\/scores\/pipeline\.ts does not export/);
  });

  it("judges head by its ceiling alone if the base cannot be deployed", async () => {
    await git("reset", "-q", "--hard", "main");
    rmSync(folderOf("grasshoppers"), { recursive: true, force: true });
    for (const gone of ["cicadas", "scores"]) rmSync(folderOf(gone), { recursive: true });
    clone.edit("pipelines/crickets/pipeline.ts", "export function getPipeline", "function getPipeline");
    await git("commit", "-qam", "a base that cannot be deployed");
    await git("branch", "-qf", "main");
    clone.edit("pipelines/crickets/pipeline.ts", "function getPipeline", "export function getPipeline");
    const { output, result, text } = await change();
    assert.deepEqual([result.verdict, result.exitCode], ["pass", 0], output);
    assert.match(
      result.reasons.join(),
      /no models to compare with, .*pipelines\/crickets\/pipeline\.ts does not export/,
    );
    assert.equal(pipelineOf(result, "crickets").head?.baseline, undefined);
    assert.match(
      text,
      /^### Model: PASS, `crickets`: MSE [\d.]+, but nothing is compared .*\n\n> The base has no models to compare with/,
    );
    assert.ok(!existsSync(join(clone.folder, ".local/model-change/crickets/base/report.json")));
  });
});
