import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Report, reportSchema } from "../check/report/content/report.ts";
import { FreshClone, type Running, type RunningEndpoint } from "./fresh-clone/fresh-clone.ts";
import { WarmCommands, type WarmResult } from "./fresh-clone/warm-command.ts";
import { dataWithRow } from "./pipelines-under-test/crickets.ts";

const outputs = ["--outputs", ".local/outputs.json"];

/**
 * A clone with four pipelines: `crickets` passes, the model of `grasshoppers` is over its ceiling, `cicadas` has a gate but no
 * data, and `scores` has no gate.
 */
describe("a stack with several pipelines", function () {
  this.timeout(180_000);
  let clone: FreshClone;
  let commands: WarmCommands;
  let endpoint: RunningEndpoint | undefined;

  const folderOf = (name: string) => join(clone.folder, "pipelines", name);
  const start = (...args: readonly string[]) => commands.run("start", args, clone.environment({}));
  const run = (name: string, ...args: readonly string[]): Promise<WarmResult> =>
    commands.run(name, [...outputs, ...args], clone.environment({ ...endpoint?.environment }));
  const spawn = (name: string, ...args: readonly string[]): Running =>
    clone.spawn(process.execPath, ["scripts/launch.mjs", name, ...args], endpoint?.environment);
  const report = (...path: readonly string[]): Report =>
    reportSchema.parse(clone.readJson(join(".local", ...path, "report.json")));
  const read = (file: string) => readFileSync(join(clone.folder, ".local", file), "utf8");

  before(async () => {
    clone = await FreshClone.make();
    commands = new WarmCommands(clone.folder);
    for (const copy of ["grasshoppers", "cicadas"]) cpSync(folderOf("crickets"), folderOf(copy), { recursive: true });
    cpSync(join(clone.folder, "tests/pipelines-under-test/scores"), folderOf("scores"), { recursive: true });
    clone.edit("pipelines/grasshoppers/pipeline.ts", "context.ceiling ?? 6", "context.ceiling ?? 0.0001");
    clone.edit("pipelines/cicadas/pipeline.ts", "export const sampleData", "export const noData");
  });
  after(async () => {
    commands.stop();
    await endedEndpoint();
    clone.remove();
  });

  async function endedEndpoint(): Promise<void> {
    endpoint?.process.child.kill("SIGTERM");
    await endpoint?.process.ended;
    endpoint = undefined;
  }

  it("is not started with an option for one pipeline or with unsuitable data", async () => {
    for (const [args, message] of [
      [["--file", "package.json"], /^--file is meant for one pipeline, but .* with one of: cicadas, crickets, grassho/],
      [["--parameter", "ErrorCeiling=5"], /^--parameter is meant for one pipeline, but several have a gate/],
      [
        ["--baseline", "arn:aws:sagemaker:us-east-1:123456789012:model-package/m/1"],
        /^--baseline is meant for one pipeline/,
      ],
      [["--baseline", "latest"], /^--baseline takes the ARN of a model package, or none, not "latest"\.$/m],
      [["--pipeline", "clam"], /^There is no pipeline "clam"; there are: cicadas, crickets, grasshoppers, scores\.$/m],
      [["--watch"], /^--watch needs --pipeline with one of: cicadas, crickets, grasshoppers, scores\.$/m],
      [["--pipeline", "crickets", "--file", "gone.csv"], /^gone\.csv cannot be read \(ENOENT\)/],
      [
        ["--pipeline", "crickets", "--file", "package.json", "--parameter", "InputDataUrl=s3://b/k"],
        /^--file and --parameter InputDataUrl both give the data; give one of them/,
      ],
    ] as const) {
      const { code, output } = await start(...args);
      assert.equal(code, 2, output);
      assert.match(output, message);
    }
    // A clone begins with this file.
    assert.deepEqual(readdirSync(join(clone.folder, ".local", "state")), ["images.json"], "nothing was started");
  });

  it("is deployed and checked by npm start, which ends with the highest exit code and an index of the reports", async () => {
    rmSync(join(clone.folder, ".local", "report"), { recursive: true, force: true });
    const { code, output } = await start();
    assert.equal(code, 1, output);
    assert.match(output, /^The pipeline scores is deployed, but not checked, because it has no gate\.$/m);
    assert.match(
      output,
      /^The pipeline cicadas has no data: give --pipeline cicadas --file DATA\.csv, or export sampleData/m,
    );
    assert.match(output, /\n {2}crickets {6}PASS .*\n {2}grasshoppers {2}REGRESSION .*\n {2}report .*report\.html\n$/);
    assert.deepEqual(
      ["crickets", "grasshoppers"].map((name) => [report("report", name).verdict, report("report", name).exitCode]),
      [
        ["pass", 0],
        ["regression", 1],
      ],
    );
    assert.match(read("report/report.html"), /PASS<\/span> <a href="crickets\/report\.html">crickets<\/a>/);
    assert.ok(!existsSync(join(clone.folder, ".local", "report", "report.json")));
    const { pipelines } = clone.readJson(".local/outputs.json") as { pipelines: Record<string, object> };
    assert.ok(!("gate" in (pipelines["scores"] ?? {})) && !("modelPackageGroup" in (pipelines["scores"] ?? {})));
  });

  it("has one pipeline checked again after each save, with unchanged steps from the cache, until a signal", async () => {
    const data = dataWithRow(clone.home, 2);
    const watch = spawn("start", "--pipeline", "crickets", "--file", data, "--watch");
    let seen = 0;
    /** Returns what the next check prints. */
    const next = async () => {
      await watch.printed("Watching pipelines/crickets and ", seen);
      const text = watch.output().slice(seen);
      seen = watch.output().length;
      return text;
    };
    const first = await next();
    assert.match(first, /^Data s3:\/\/\S+\/crickets\/data\/\S+\/more-2\.csv$/m);
    assert.match(first, /SplitChirps +succeeded/);
    assert.equal(report("report").pipeline, "crickets-training-local");

    clone.edit("pipelines/crickets/score.py", '"""', '"""Also: ');
    const second = await next();
    assert.match(second, /FitLine +taken from the cache\n {2}ScoreLine +running/);
    assert.match(second, /^UNCHANGED {2}crickets-training-local$/m);

    clone.edit("pipelines/crickets/pipeline.ts", "errorCeiling,\n      ],", "],");
    assert.match(await next(), /uses the parameter ErrorCeiling, which the pipeline does not declare/);
    assert.deepEqual([report("report").verdict, report("report").exitCode], ["error", 2]);

    clone.edit("pipelines/crickets/pipeline.ts", "],\n      steps:", "errorCeiling,\n      ],\n      steps:");
    writeFileSync(data, `${readFileSync(data, "utf8")}100,3\n`);
    assert.match(await next(), /SplitChirps +succeeded/);
    const { verdict, exitCode } = report("report");
    watch.child.kill("SIGINT");
    assert.equal((await watch.ended).code, 130);
    assert.deepEqual([report("report").verdict, report("report").exitCode], [verdict, exitCode]);
  });

  it("has a pipeline without a gate run by npm start", async () => {
    const scored = await start("--pipeline", "scores");
    assert.equal(scored.code, 0, scored.output);
    assert.match(scored.output, /CopyScores +succeeded/);
    assert.doesNotMatch(scored.output, /PASS/);
  });

  it("is checked by check-stack, whose options for one pipeline need its name", async () => {
    endpoint = await clone.startEndpoint();
    const baseline = await run(
      "check-stack",
      "--baseline",
      `arn:aws:sagemaker:us-east-1:123456789012:model-package/m/1`,
    );
    assert.equal(baseline.code, 2);
    assert.match(
      baseline.output,
      /^--baseline is meant for one pipeline, but several have a gate; give --pipeline with/m,
    );
    const gateless = await run("check-stack", "--pipeline", "scores");
    assert.equal(gateless.code, 2);
    assert.match(gateless.output, /^--pipeline scores: it has no gate, so no check can judge it; use run-pipeline/m);

    // Neither the commands nor the schedule of this stack give data, so that each check ends when it starts its execution.
    const { code, output } = await run("check-stack", "--report", ".local/all", "--baseline", "none");
    assert.equal(code, 2, output);
    assert.match(output, /^The pipeline scores is deployed, but not checked/m);
    for (const name of ["cicadas", "crickets", "grasshoppers"]) {
      assert.equal(report("all", name).exitCode, 2);
      assert.match(report("all", name).reasons.join(), /InputDataUrl/);
    }
    assert.match(read("all/report.md"), /\| `cicadas` \| ERROR \|/);
  });

  it("has its running and waiting checks ended by a signal, and each report says so", async () => {
    const held = { service: "sagemaker", operation: "ListPipelineExecutions", fault: "latency", milliseconds: 60_000 };
    await fetch(`${endpoint?.url}/_local/faults`, { method: "POST", body: JSON.stringify(held) });
    const checks = spawn("check-stack", ...outputs, "--report", ".local/ended");
    await checks.printed("Pipeline cicadas, 1 of 3");
    checks.child.kill("SIGINT");
    assert.equal((await checks.ended).code, 130);
    for (const name of ["cicadas", "crickets", "grasshoppers"])
      assert.deepEqual(
        [report("ended", name).exitCode, report("ended", name).reasons],
        [130, ["The check was ended by SIGINT."]],
      );
    await fetch(`${endpoint?.url}/_local/faults`, { method: "DELETE" });
  });

  it("is compared with the working tree by run-pipeline, which says if they differ", async () => {
    const same = await run("run-pipeline", "--pipeline", "scores", "--parameter", "InputDataUrl=s3://no-such-bucket/x");
    assert.doesNotMatch(same.output, /working tree/);
    clone.edit("pipelines/scores/copy.py", '"""Copies', '"""Really copies');
    const other = await run("run-pipeline", "--pipeline", "scores", "--parameter", "InputDataUrl=s3://none/x");
    assert.match(other.output, /^The working tree's definition or code of scores differs from the deployed one/m);
  });

  it("keeps the models of a pipeline whose folder is gone until somebody agrees to delete them", async () => {
    await endedEndpoint();
    for (const gone of ["crickets", "scores"]) rmSync(folderOf(gone), { recursive: true });
    const refused = await start("--pipeline", "cicadas");
    assert.equal(refused.code, 2, refused.output);
    assert.match(
      refused.output,
      /^The deploy would delete the registered models of crickets \(model package group crickets-training-local\), .* so nothing was changed: run it again with --yes to delete them, or restore the folder\.$/m,
    );
    // The second deploy says the same, so the models are still there.
    const agreed = await start("--pipeline", "cicadas", "--yes");
    assert.equal(agreed.code, 2, agreed.output);
    assert.match(agreed.output, /^The pipeline cicadas has no data: give --pipeline cicadas --file DATA\.csv/m);
    assert.match(agreed.output, /^Deleting the registered models of crickets \(/m);
    for (const type of ["Pipeline crickets", "ModelPackageGroup crickets", "Pipeline scores"])
      assert.match(agreed.output, new RegExp(`^  deleted aws-native:sagemaker:${type}$`, "m"));
  });
});
