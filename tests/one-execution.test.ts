import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeModelPackageCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionsCommand,
  SageMakerClient,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";
import { s3Address } from "../aws/s3-address.ts";
import { deploy } from "../local/deploy/deploy.ts";
import { clientEnvironment } from "../local/state/process-environment.ts";
import type { StackOutputs } from "../stack-outputs.ts";
import { fileWithRow } from "./fresh-clone/abalone-file.ts";
import { FreshClone, type Running } from "./fresh-clone/fresh-clone.ts";
import { WarmCommands, type WarmResult } from "./fresh-clone/warm-command.ts";

const running = "PreprocessAbaloneData        running";

function executionIn(output: string): string {
  return /^Execution (\S+)/m.exec(output)?.[1] ?? assert.fail(output);
}

/** Runs checks as separate processes, some killed and some at the same time, which share only the endpoint. */
describe("one execution for each identity", function () {
  this.timeout(120_000);
  let clone: FreshClone;
  /** Those that no signal ends, and that have not to run beside others. */
  let commands: WarmCommands;
  let endpoint: Running;
  let environment: NodeJS.ProcessEnv;
  let sagemaker: SageMakerClient;
  let url: string;
  const outputs = ["--outputs", ".local/outputs.json"];
  let rings = 1;
  /** The data of the first execution, whose steps are all in the step cache afterwards. */
  let data: readonly string[];
  let ceiling = 6;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };

  const spawn = (name: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Running =>
    clone.spawn(process.execPath, ["scripts/launch.mjs", name, ...outputs, ...args], { ...environment, ...more });
  const run = (name: string, args: readonly string[], more?: NodeJS.ProcessEnv): Promise<WarmResult> =>
    commands.run(name, [...outputs, ...args], clone.environment({ ...environment, ...more }));
  const check = (args: readonly string[], more?: NodeJS.ProcessEnv): Promise<WarmResult> =>
    run("check-stack", args, more);
  const report = (folder = "report") =>
    clone.readJson(`.local/${folder}/report.json`) as {
      readonly verdict: string;
      readonly execution: { readonly arn: string };
      readonly thresholds?: { readonly [name: string]: object };
      readonly candidate?: { readonly modelPackageArn?: string; readonly action?: string };
    };

  /** New data, so that no step is taken from the step cache and the execution takes a while. */
  async function newData(): Promise<readonly string[]> {
    rings += 1;
    const { output } = await run("upload-data", ["--file", fileWithRow(clone, rings)]);
    return ["--parameter", `InputDataUrl=${output.trim()}`];
  }

  const redeploy = () => {
    const stateFile = join(clone.folder, ".local", "state", "deploy.json");
    return deploy({ folder: clone.folder, stack: "local", stateFile, url });
  };

  /** What no execution was started with, of data whose steps are in the cache. */
  function newIdentity(): readonly string[] {
    ceiling += 0.01;
    return [...data, "--parameter", `MseCeiling=${ceiling.toFixed(2)}`];
  }

  async function executions(): Promise<number> {
    const command = new ListPipelineExecutionsCommand({ PipelineName: "abalone-training-local", MaxResults: 100 });
    return (await sagemaker.send(command)).PipelineExecutionSummaries?.length ?? 0;
  }

  async function git(...args: readonly string[]): Promise<string> {
    const own = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    const { code, output } = await clone.run("git", [...own, ...args]);
    assert.equal(code, 0, output);
    return output.trim();
  }

  before(async () => {
    clone = await FreshClone.make();
    commands = new WarmCommands(clone.folder);
    await git("init", "-q");
    await git("add", "pipelines", "infra", "index.ts", "package.json", "stack-outputs.ts");
    await git("commit", "-qm", "all");
    endpoint = clone.spawn("npm", ["run", "-s", "endpoint", "--", "--port", "0"]);
    await endpoint.printed("listening on ");
    [, url = ""] = /listening on (\S+)/.exec(endpoint.output()) ?? [];
    environment = clientEnvironment(url, "us-east-1", {});
    sagemaker = new SageMakerClient({ endpoint: url, region: "us-east-1", credentials });
    const deployed = await redeploy();
    writeFileSync(join(clone.folder, ".local", "outputs.json"), JSON.stringify(deployed.outputs));
    data = await newData();
  });
  after(async () => {
    commands.stop();
    endpoint.child.kill("SIGTERM");
    await endpoint.ended;
    clone.remove();
  });

  it("starts a new execution after an interrupted check, and follows the same one after a killed check", async () => {
    const interrupted = spawn("check-stack", data);
    await interrupted.printed(running);
    interrupted.child.kill("SIGINT");
    assert.equal((await interrupted.ended).code, 130);

    const before = await executions();
    const killed = spawn("check-stack", data);
    await killed.printed(running);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const first = executionIn(killed.output());
    assert.notEqual(first, executionIn(interrupted.output()));

    const again = await check(data);
    assert.equal(again.code, 0, again.output);
    assert.match(again.output, new RegExp(`^Execution ${first} \\((it is running already|it has ended and)`, "m"));
    assert.equal(report().execution.arn, first);
    assert.equal(await executions(), before + 1);
    assert.match(again.output, /TrainAbaloneModel +succeeded/);
    const described = await sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn: first }));
    assert.match(described.PipelineExecutionDescription ?? "", /^Stack check of [0-9a-f]{7}: pass\. /);
  });

  it("starts a new execution after a verdict", async () => {
    const first = report().execution.arn;
    const next = await check(data);
    assert.equal(next.code, 0, next.output);
    assert.notEqual(executionIn(next.output), first);
  });

  it("judges an execution by the baseline that it was started with, whoever checks it", async () => {
    const identity = newIdentity();
    const first = spawn("run-pipeline", identity);
    // The command is part of the identity, so a check does not follow an execution that run-pipeline started.
    const own = await check(identity);
    assert.notEqual(executionIn(own.output), executionIn((await first.ended).output));

    const arn = executionIn(own.output);
    const { PipelineExecutionDescription: noted = "" } = await sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }),
    );
    assert.match(noted, /"models":\{"BaselineModelUrl":"arn:/);
    const judged = await check(["--execution", arn]);
    assert.equal(judged.code, 0, judged.output);
    assert.equal(report().execution.arn, arn);
  });

  it("reaches the same verdict on the same execution if the check was killed between its report and its note", async () => {
    const own = newIdentity();
    const before = await executions();
    const rule = { fault: "hang", operation: "UpdatePipelineExecution", times: 1 };
    assert.equal((await fetch(`${url}/_local/faults`, { method: "POST", body: JSON.stringify(rule) })).ok, true);
    const killed = spawn("check-stack", own);
    await killed.printed("  report  ");
    killed.child.kill("SIGKILL");
    await killed.ended;
    const { verdict } = report();
    const again = await check(own);
    assert.equal(again.code, 0, again.output);
    assert.match(
      again.output,
      new RegExp(`^Execution ${executionIn(killed.output())} \\(it has ended and has no verdict`, "m"),
    );
    assert.equal(report().verdict, verdict);
    assert.equal(await executions(), before + 1);
  });

  it("reports the verdict again within a CI run and attempt, and keeps a person's later decision", async () => {
    const own = newIdentity();
    const ci = { GITHUB_RUN_ID: "16023", GITHUB_RUN_ATTEMPT: "1" };
    const once = [...own, "--baseline", "none"];
    const first = await check(once, ci);
    assert.equal(first.code, 0, first.output);
    const { verdict, execution, candidate } = report();
    const ModelPackageArn = candidate?.modelPackageArn;
    assert.equal(candidate?.action, "approved");
    await sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn, ModelApprovalStatus: "Rejected" }));

    const again = await check(once, ci);
    assert.equal(again.code, 0, again.output);
    assert.match(again.output, /has its verdict in this CI run 16023\/1: reporting it again/);
    assert.deepEqual([report().verdict, report().execution.arn], [verdict, execution.arn]);
    assert.equal(report().candidate?.action, "left rejected, because a person decided");

    const attempt = await check(once, { ...ci, GITHUB_RUN_ATTEMPT: "2" });
    assert.notEqual(executionIn(attempt.output), execution.arn);
  });

  it("shares one execution between two simultaneous checks, and names executions of other checks", async () => {
    const fresh = await newData();
    const before = await executions();
    const one = spawn("check-stack", [...fresh, "--report", ".local/one"]);
    const two = spawn("check-stack", [...fresh, "--report", ".local/two"]);
    const [first, second] = await Promise.all([one.ended, two.ended]);
    assert.deepEqual([first.code, second.code], [0, 0], first.output + second.output);
    assert.equal(executionIn(first.output), executionIn(second.output));
    assert.equal(report("one").verdict, report("two").verdict);
    assert.equal(await executions(), before + 1);

    // The fault makes the first execution look as if it were still running.
    const rule = { fault: "status", operation: "ListPipelineExecutions", status: "Executing", times: 1 };
    const added = await fetch(`${url}/_local/faults`, { method: "POST", body: JSON.stringify(rule) });
    assert.equal(added.ok, true);
    const other = await check([...fresh, "--parameter", "MseCeiling=7"]);
    assert.equal(other.code, 0, other.output);
    const told = `Another execution is running at the same time: ${executionIn(first.output)} (check-stack with other sources or parameters).`;
    assert.ok(other.output.includes(told), other.output);
    assert.notEqual(executionIn(other.output), executionIn(first.output));
  });

  it("judges the latest execution with --no-start, runs some steps with --from-step, and retries a failed execution with --retry", async () => {
    const own = newIdentity();
    const all = await check(own);
    assert.equal(all.code, 0, all.output);
    const judged = await check(["--no-start"]);
    assert.deepEqual([judged.code, executionIn(judged.output)], [0, executionIn(all.output)], judged.output);

    const part = await check(["--from-step", "EvaluateAbaloneModel"]);
    assert.equal(part.code, 0, part.output);
    assert.match(part.output, /TrainAbaloneModel +taken from an earlier execution/);

    const refused = await check([...data, "--parameter", "MseCeiling=1"]);
    assert.equal(refused.code, 1, refused.output);
    const retried = await check(["--retry"]);
    assert.match(
      retried.output,
      new RegExp(`^Execution ${executionIn(refused.output)} \\(retried from where it ended`, "m"),
    );
    // The pipeline rejects the model again, because the execution keeps the ceiling that it was started with.
    assert.equal(retried.code, 1, retried.output);
    assert.deepEqual(report().thresholds?.ceiling, { value: 1, source: "execution" });
  });

  it("judges an execution by the thresholds that it was started with, unless flags give others", async () => {
    const refused = await check([...data, "--ceiling", "1", "--absolute-tolerance", "0.5"]);
    assert.equal(refused.code, 1, refused.output);
    const judged = await check(["--no-start"]);
    assert.deepEqual([judged.code, executionIn(judged.output)], [1, executionIn(refused.output)], judged.output);
    const { ceiling, absoluteTolerance } = report().thresholds ?? assert.fail();
    assert.deepEqual(ceiling, { value: 1, source: "execution" });
    assert.deepEqual(absoluteTolerance, { value: 0.5, source: "execution" });

    const other = await check(["--execution", executionIn(refused.output), "--ceiling", "7"]);
    assert.equal(other.code, 5, other.output);
    assert.match(
      other.output,
      /rejected the model in RefuseAbaloneModel because of the ceiling 1 that it was started with and registered none, but its evaluation is good enough for the ceiling 7/,
    );
  });

  it("requires --from-step to include the evaluation, and reuses an execution that has the other results", async () => {
    const own = newIdentity();
    const all = await check(own);
    assert.equal(all.code, 0, all.output);
    const before = await executions();
    const late = await check(["--from-step", "RegisterAbaloneModel"]);
    assert.equal(late.code, 2, late.output);
    assert.match(
      late.output,
      /^ {2}--from-step RegisterAbaloneModel: EvaluateAbaloneModel writes the evaluation, but is not among/m,
    );
    assert.equal(await executions(), before);

    // This execution has no results of the first steps, so it cannot be the source.
    const other = await run("run-pipeline", ["--from-step", "RegisterAbaloneModel"]);
    assert.equal(other.code, 0, other.output);
    const part = await check(["--from-step", "EvaluateAbaloneModel"]);
    assert.equal(part.code, 0, part.output);
    const source = `Running EvaluateAbaloneModel, CheckMSEAbaloneEvaluation, RegisterAbaloneModel, RefuseAbaloneModel; the results of the other steps come from ${executionIn(all.output)}`;
    assert.ok(part.output.includes(source), part.output);
  });

  it("rejects --from-step if the code of the earlier steps has changed, so that the model matches its commit", async () => {
    const own = newIdentity();
    assert.equal((await check(own)).code, 0);
    const part = ["--from-step", "EvaluateAbaloneModel"];
    const judged = await check([...part, "--baseline", "none"]);
    assert.equal(judged.code, 0, judged.output);
    const chain = await run("verify-model", ["--model", report().candidate?.modelPackageArn ?? ""]);
    assert.equal(chain.code, 0, chain.output);
    assert.match(
      chain.output,
      /^holds +steps +it took the results of PreprocessAbaloneData, TrainAbaloneModel from arn:\S+, where/m,
    );

    // Of other data the model would be another one.
    const refused =
      /none of the latest executions of \S+ has results of PreprocessAbaloneData, TrainAbaloneModel with the present code and parameters/;
    const other = await check([...part, ...(await newData())]);
    assert.equal(other.code, 2, other.output);
    assert.match(other.output, refused);

    clone.edit("pipelines/abalone/preprocess.py", "import", "# changed\nimport");
    await redeploy();
    const changed = await check(part);
    await git("checkout", "-q", "pipelines");
    await redeploy();
    assert.equal(changed.code, 2, changed.output);
    assert.match(changed.output, refused);
  });

  it("judges an execution of run-pipeline without a baseline only with --baseline none", async () => {
    const started = await run("run-pipeline", data);
    assert.equal(started.code, 0, started.output);
    const arn = executionIn(started.output);
    const judged = await check(["--execution", arn]);
    assert.equal(judged.code, 2, judged.output);
    assert.match(
      judged.output,
      /^ {2}arn:\S+ was started without a model to compare with \(BaselineModelUrl\), although arn:\S+ is approved: start a new/m,
    );
    const alone = await check(["--execution", arn, "--baseline", "none"]);
    assert.equal(alone.code, 0, alone.output);
    assert.match(alone.output, /With --baseline none, only the ceiling decided\./);

    // The execution's own model is approved now, but it cannot have been its baseline.
    const approved = report().candidate?.modelPackageArn;
    assert.equal(report().candidate?.action, "approved");
    const again = await check(["--execution", arn, "--baseline", "none"]);
    assert.equal(again.code, 0, again.output);
    assert.deepEqual([report().candidate?.modelPackageArn, report().candidate?.action], [approved, "approved"]);

    const own = await check(data);
    const given = await check(["--execution", executionIn(own.output), "--baseline", "none"]);
    assert.equal(given.code, 2, given.output);
    assert.match(given.output, /^ {2}--baseline none: the check that started arn:\S+ has fixed its baseline: /m);
  });

  describe("verify-model", () => {
    let model: string;
    const verify = (): Promise<WarmResult> => run("verify-model", ["--model", model]);

    before(async () => {
      const { code, output } = await check([...data, "--baseline", "none"]);
      assert.equal(code, 0, output);
      model = report().candidate?.modelPackageArn ?? assert.fail(output);
    });

    it("verifies every link from a package to the commit and the same definition", async () => {
      const { code, output } = await verify();
      assert.equal(code, 0, output);
      for (const name of ["package", "model", "execution", "verdict", "definition", "code", "commit", "tree"])
        assert.match(output, new RegExp(`^holds +${name} `, "m"), output);
      assert.match(output, /The chain holds\.$/m);
    });

    it("ends with 1 if the model on S3 differs or is gone, but with 0 if a person only changed the check's decision", async () => {
      const { InferenceSpecification } = await sagemaker.send(
        new DescribeModelPackageCommand({ ModelPackageName: model }),
      );
      const place = s3Address(InferenceSpecification?.Containers?.[0]?.ModelDataUrl ?? "") ?? assert.fail();
      const s3 = new S3Client({ endpoint: url, region: "us-east-1", credentials, forcePathStyle: true });
      const { Body } = await s3.send(new GetObjectCommand(place));
      const right = (await Body?.transformToByteArray()) ?? assert.fail();
      await s3.send(new PutObjectCommand({ ...place, Body: "another" }));
      const replaced = await verify();
      assert.equal(replaced.code, 1, replaced.output);
      assert.match(replaced.output, /^broken +model +s3:\S+ does not contain the evaluated model, [0-9a-f]{64}$/m);
      await s3.send(new DeleteObjectCommand(place));
      assert.match((await verify()).output, /^broken +model +s3:\S+ is gone$/m);
      await s3.send(new PutObjectCommand({ ...place, Body: right }));

      const update = { ModelPackageArn: model, ModelApprovalStatus: "Rejected" } as const;
      await sagemaker.send(new UpdateModelPackageCommand(update));
      const { code, output } = await verify();
      assert.equal(code, 0, output);
      assert.match(output, / is Rejected \(set by a person; the stack check left it Approved\) and has/);
    });

    it("finds the code of a model even after a changed script was deployed", async () => {
      clone.edit("pipelines/abalone/evaluate.py", "import", "# changed\nimport");
      const { counts } = await redeploy();
      assert.deepEqual([counts.created, counts.deleted], [1, 0]);
      const { code, output } = await verify();
      assert.equal(code, 0, output);
      assert.match(output, /^holds +code +evaluate\.py on S3 has the hash in its address/m);
      await git("checkout", "-q", "pipelines");
    });

    it("says which link could not be checked if the working tree is at another commit", async () => {
      await git("commit", "-q", "--allow-empty", "-m", "another");
      const { code, output } = await verify();
      assert.equal(code, 0, output);
      assert.match(output, /^open +tree +the working tree is at .*: check out [0-9a-f]{12}/m);
    });

    it("ends with 1 if the working tree of the commit renders another definition", async () => {
      await git("reset", "-q", "--hard", "HEAD~1");
      const edited = clone.readJson(".local/outputs.json") as StackOutputs;
      Object.assign(edited.pipelines["abalone"]?.context ?? {}, { trainingInstanceType: "ml.m5.2xlarge" });
      writeFileSync(join(clone.folder, ".local", "edited.json"), JSON.stringify(edited));
      const args = ["--outputs", ".local/edited.json", "--model", model];
      const { code, output } = await commands.run("verify-model", args, clone.environment(environment));
      assert.equal(code, 1, output);
      assert.match(output, /^broken +tree /m);
    });

    it("ends with 1 if a recorded fact is wrong, and names the link", async () => {
      const change = (CustomerMetadataProperties: Record<string, string>) =>
        sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn: model, CustomerMetadataProperties }));
      const { CustomerMetadataProperties: right = {} } = await sagemaker.send(
        new DescribeModelPackageCommand({ ModelPackageName: model }),
      );
      const wrong = { definition: "0".repeat(64), code: "0".repeat(64), verdict: "regression", commit: "0".repeat(40) };
      await change(Object.fromEntries(Object.entries(wrong).map(([name, value]) => [`stack-check:${name}`, value])));
      const { code, output } = await verify();
      assert.equal(code, 1, output);
      for (const name of Object.keys(wrong)) assert.match(output, new RegExp(`^broken +${name} `, "m"));

      const gone = right["stack-check:execution"]?.replace(/.$/, "_") ?? "";
      await change({ ...right, "stack-check:execution": gone });
      const lost = await verify();
      assert.equal(lost.code, 1, lost.output);
      assert.match(lost.output, /^broken +execution +.*does not exist/m);
      await change(right);
    });

    it("ends with 2 without --model and for a model that does not exist", async () => {
      const none = await run("verify-model", []);
      assert.deepEqual([none.code, /--model takes the ARN/.test(none.output)], [2, true], none.output);
      model = model.replace(/\d+$/, "999");
      assert.equal((await verify()).code, 2);
    });
  });
});
