import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reportSchema } from "../check/report/content/report.ts";
import { FreshClone } from "./fresh-clone/fresh-clone.ts";
import { WarmCommands } from "./fresh-clone/warm-command.ts";

interface StepReport {
  readonly name: string;
  readonly status: string;
  readonly cached: boolean;
}

interface ReportFile {
  readonly verdict: string;
  readonly exitCode: number;
  readonly reasons: readonly string[];
  readonly candidate?: { readonly value: number; readonly modelPackageArn?: string; readonly action?: string };
  readonly baseline?: { readonly value: number; readonly modelPackageArn: string };
  readonly comparison?: { readonly mean: number };
  readonly test?: { readonly rows: number };
  readonly execution?: { readonly arn: string; readonly steps?: readonly StepReport[] };
  readonly notDrawn?: readonly object[];
}

/** Returns the names of the steps that ran, and of the steps taken from the step cache. */
function stepsOf({ execution }: ReportFile) {
  const names = (cached: boolean) => execution?.steps?.filter((step) => step.cached === cached).map(({ name }) => name);
  return { ran: names(false), cached: names(true) };
}

const [split, train, evaluate] = ["SplitChirps", "FitLine", "ScoreLine"];
const [check, register, refuse] = ["CheckError", "RegisterLine", "RefuseLine"];

describe("npm start, from a clone to a checked model", function () {
  this.timeout(300_000);
  let clone: FreshClone;
  /** Every start but the first needs nothing of npm and the launcher. */
  let commands: WarmCommands;
  let approved: string | undefined;

  before(async () => {
    clone = await FreshClone.make();
    commands = new WarmCommands(clone.folder);
  });
  after(() => {
    commands.stop();
    clone.remove();
  });

  /** The pictures of the page. */
  function pictures(): readonly (string | undefined)[] {
    const page = readFileSync(join(clone.folder, ".local", "report", "report.html"), "utf8");
    return [...page.matchAll(/<figure id="([^"]*)"/g)].map(([, id]) => id);
  }

  async function start(
    ...args: readonly string[]
  ): Promise<{ code: number | null; output: string; report: ReportFile }> {
    const { code, output } = await commands.run("start", args, clone.environment({}));
    return ended(code, output);
  }

  function ended(code: number | null, output: string) {
    const report = clone.readJson(".local/report/report.json") as ReportFile;
    assert.deepEqual(reportSchema.parse(report), report, "every key is one of the published schema");
    assert.equal(report.exitCode, code, output);
    assert.match(output, / {2}report {13}\.local\/report\/report\.html\n$/);
    // The process that runs the commands stays, together with tsx's compiler.
    const left = clone.processes().filter((command) => !/command-host\.ts|esbuild/.test(command));
    assert.deepEqual(left, [], "it leaves no process behind");
    return { code, output, report };
  }

  it("trains the first model, passes it because it is below the ceiling, and approves it", async () => {
    const started = await clone.npmStart();
    assert.deepEqual(clone.processes(), [], "it leaves no process behind");
    const { code, output, report } = ended(started.code, started.output);
    assert.equal(code, 0, output);
    assert.equal(report.verdict, "pass");
    assert.match(output, /no approved model to compare with yet/);
    assert.deepEqual(stepsOf(report), { ran: [split, train, evaluate, check, register], cached: [] });
    assert.equal(report.candidate?.action, "approved");
    approved = report.candidate?.modelPackageArn;
    assert.deepEqual(report.notDrawn, undefined, "there is data for every picture");
    assert.deepEqual(pictures(), [
      ...["graph", "predicted-actual", "residuals", "error-by-label", "training-curve", "model-history"],
    ]);
  });

  it("reports the same model as unchanged, removes the duplicate, and runs only the evaluation, which now has a baseline", async () => {
    const { code, output, report } = await start();
    assert.equal(code, 0, output);
    assert.equal(report.verdict, "unchanged");
    assert.deepEqual(stepsOf(report), { ran: [evaluate, check, register], cached: [split, train] });
    assert.equal(report.comparison?.mean, 0);
    assert.equal(report.baseline?.modelPackageArn, approved);
    assert.equal(report.candidate?.action, "removed");
  });

  it("takes every step from the step cache when nothing changed", async () => {
    const { code, output, report } = await start();
    assert.equal(code, 0, output);
    assert.equal(report.verdict, "unchanged");
    assert.deepEqual(stepsOf(report), { ran: [check, register], cached: [split, train, evaluate] });
    assert.match(output, /0 created, 0 updated, 0 deleted/);
    assert.equal(pictures().length, 7, "of what the cache has, and of the difference to the baseline");
  });

  it("rejects a model over the ceiling with exit code 1 and keeps the approved one", async () => {
    clone.edit("pipelines/crickets/pipeline.ts", "rounds: 30", "rounds: 1");
    const { code, output, report } = await start();
    assert.equal(code, 1, output);
    assert.equal(report.verdict, "regression");
    assert.match(output, /The error is over the ceiling of 6/);
    assert.deepEqual(stepsOf(report), { ran: [train, evaluate, check, refuse], cached: [split] });
    assert.equal(report.candidate?.modelPackageArn, undefined, "it is not registered");
  });

  it("rejects the same model with a higher ceiling, because it is worse than the approved model", async () => {
    clone.edit("pipelines/crickets/score.py", "import argparse", "import argparse  # the same");
    const { code, output, report } = await start("--parameter", "ErrorCeiling=20");
    assert.deepEqual(stepsOf(report).cached, [split, train], "it runs what depends on the evaluation script");
    assert.equal(code, 1, output);
    assert.equal(report.verdict, "regression");
    assert.match(report.reasons[0] ?? "", /even the lower bound is above the margin/);
    assert.equal(report.baseline?.modelPackageArn, approved);
    assert.equal(report.candidate?.action, "rejected");
  });

  it("compares the next model with the approved one, not with the rejected one", async () => {
    clone.edit("pipelines/crickets/pipeline.ts", "rounds: 1", "rounds: 30");
    clone.edit("pipelines/crickets/split.py", "import hashlib", "import hashlib  # the same");
    const { code, report } = await start();
    assert.equal(code, 0);
    assert.deepEqual(stepsOf(report).cached, [], "a changed preprocessing script runs everything, whatever its output");
    assert.equal(report.verdict, "unchanged");
    assert.equal(report.baseline?.modelPackageArn, approved);
  });

  it("ends with exit code 3 and the script's error when a step fails", async () => {
    clone.edit("pipelines/crickets/split.py", "parts = {", "raise SystemExit('the disk is made of cheese')\nparts = {");
    const { code, output, report } = await start();
    assert.equal(code, 3);
    assert.deepEqual(
      report.execution?.steps?.map(({ name, status }) => [name, status]),
      [[split, "Failed"]],
    );
    assert.deepEqual(pictures().slice(0, 1), ["graph"], "it shows which step failed");
    assert.match(output, /Step SplitChirps failed[\s\S]*the disk is made of cheese/);
  });

  it("ends with exit code 3 and IAM's error when the execution role lacks a permission", async () => {
    clone.edit("infra/permissions/image-permissions.ts", '"ecr:BatchGetImage", ', "");
    const { code, output } = await start();
    assert.equal(code, 3);
    assert.match(
      output,
      /Step SplitChirps failed[\s\S]*not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:683313688378:repository\/sagemaker-xgboost because no identity-based policy allows/,
    );
    clone.edit(
      "infra/permissions/image-permissions.ts",
      '"ecr:GetDownloadUrlForLayer"',
      '"ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"',
    );
    clone.edit("pipelines/crickets/split.py", "raise SystemExit('the disk is made of cheese')\n", "");
  });

  it("starts from scratch with --reset, without a baseline and with an empty step cache", async () => {
    const { code, report } = await start("--reset");
    assert.equal(code, 0);
    assert.equal(report.verdict, "pass");
    assert.equal(report.baseline, undefined);
    assert.deepEqual(stepsOf(report).cached, []);
  });

  it("passes on a system without namespaces, such as macOS", async function () {
    const limit =
      "echo 0 > /proc/sys/user/max_user_namespaces && exec node scripts/launch.mjs start --reset --baseline none";
    const { code, output } = await clone.run("unshare", ["--user", "--map-root-user", "sh", "-c", limit]);
    if (/unshare( failed)?:|max_user_namespaces/.test(output)) return this.skip();
    assert.equal(code, 0, output);
    assert.match(output, /^PASS /m);
  });

  it("ends with exit code 2 and one line when the pipeline has a mistake", async () => {
    clone.edit("pipelines/crickets/pipeline.ts", "        baseline,\n", "");
    // A report of an error is written when the process exits.
    const { code, output } = await clone.npmStart();
    assert.equal(code, 2, output);
    const report = clone.readJson(".local/report/report.json") as ReportFile;
    assert.deepEqual([report.verdict, report.exitCode], ["error", 2]);
    assert.match(report.reasons.join("\n"), /uses the parameter BaselineUrl/);
    assert.match(output, /ScoreLine\.\S+: uses the parameter BaselineUrl, which the pipeline does not declare/);
    clone.edit(
      "pipelines/crickets/pipeline.ts",
      "        errorCeiling,\n",
      "        baseline,\n        errorCeiling,\n",
    );
  });
});
