import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DescribePipelineExecutionCommand, UpdateModelPackageCommand } from "@aws-sdk/client-sagemaker";
import { DeployedClone, executionIn } from "./fresh-clone/deployed-clone.ts";

const running = "SplitChirps                  running";

/** Runs checks as separate processes, some killed and some at the same time, which share only the endpoint. */
describe("one execution for each identity", function () {
  this.timeout(120_000);
  let deployed: DeployedClone;
  before(async () => {
    deployed = await DeployedClone.make();
  });
  after(() => deployed.remove());

  it("starts a new execution after an interrupted check, and follows the same one after a killed check", async () => {
    await deployed.slowDownNextJob();
    const interrupted = deployed.spawn("check-stack", deployed.data);
    await interrupted.printed(running);
    interrupted.child.kill("SIGINT");
    assert.equal((await interrupted.ended).code, 130);

    const before = await deployed.executions();
    await deployed.slowDownNextJob();
    const killed = deployed.spawn("check-stack", deployed.data);
    await killed.printed(running);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const first = executionIn(killed.output());
    assert.notEqual(first, executionIn(interrupted.output()));

    const again = await deployed.check(deployed.data);
    assert.equal(again.code, 0, again.output);
    assert.match(again.output, new RegExp(`^Execution ${first} \\((it is running already|it has ended and)`, "m"));
    assert.equal(deployed.report().execution.arn, first);
    assert.equal(await deployed.executions(), before + 1);
    assert.match(again.output, /FitLine +succeeded/);
    const described = await deployed.sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: first }),
    );
    assert.match(described.PipelineExecutionDescription ?? "", /^Stack check of [0-9a-f]{7}: pass\. /);
  });

  it("starts nothing after a verdict if no step would run again, but a new execution with --always", async () => {
    const { verdict, execution } = deployed.report();
    const before = await deployed.executions();
    const standing = await deployed.check(deployed.data, { GITHUB_SHA: "0".repeat(40) });
    assert.equal(standing.code, 0, standing.output);
    assert.match(standing.output, /^Execution \S+ \(.* no step would run again; --always starts another\)$/m);
    assert.deepEqual([deployed.report().verdict, deployed.report().execution.arn], [verdict, execution.arn]);
    assert.equal(await deployed.executions(), before);

    const next = await deployed.check([...deployed.data, "--always"]);
    assert.equal(next.code, 0, next.output);
    assert.notEqual(executionIn(next.output), execution.arn);
    const repeated = await deployed.check(deployed.data);
    assert.equal(repeated.code, 0, repeated.output);
    assert.equal(executionIn(repeated.output), executionIn(next.output));
    assert.equal(await deployed.executions(), before + 1);
  });

  it("judges an execution by the baseline that it was started with, whoever checks it", async () => {
    const identity = deployed.newIdentity();
    const first = deployed.spawn("run-pipeline", identity);
    // The command is part of the identity, so a check does not follow an execution that run-pipeline started.
    const own = await deployed.check(identity);
    assert.notEqual(executionIn(own.output), executionIn((await first.ended).output));

    const arn = executionIn(own.output);
    const { PipelineExecutionDescription: noted = "" } = await deployed.sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }),
    );
    assert.match(noted, /"models":\{"BaselineUrl":"arn:/);
    const judged = await deployed.check(["--execution", arn]);
    assert.equal(judged.code, 0, judged.output);
    assert.equal(deployed.report().execution.arn, arn);
  });

  it("reaches the same verdict on the same execution if the check was killed between its report and its note", async () => {
    const own = deployed.newIdentity();
    const before = await deployed.executions();
    await deployed.addFault({ fault: "hang", operation: "UpdatePipelineExecution", times: 1 });
    const killed = deployed.spawn("check-stack", own);
    await killed.printed("  report  ");
    killed.child.kill("SIGKILL");
    await killed.ended;
    const { verdict } = deployed.report();
    const again = await deployed.check(own);
    assert.equal(again.code, 0, again.output);
    assert.match(
      again.output,
      new RegExp(`^Execution ${executionIn(killed.output())} \\(it has ended and has no verdict`, "m"),
    );
    assert.equal(deployed.report().verdict, verdict);
    assert.equal(await deployed.executions(), before + 1);
  });

  it("reports the verdict again within a CI run and attempt, and keeps a person's later decision", async () => {
    const own = deployed.newIdentity();
    const ci = { GITHUB_RUN_ID: "16023", GITHUB_RUN_ATTEMPT: "1" };
    const once = [...own, "--baseline", "none"];
    const first = await deployed.check(once, ci);
    assert.equal(first.code, 0, first.output);
    const { verdict, execution, candidate } = deployed.report();
    const ModelPackageArn = candidate?.modelPackageArn;
    assert.equal(candidate?.action, "approved");
    await deployed.sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn, ModelApprovalStatus: "Rejected" }));

    const again = await deployed.check(once, ci);
    assert.equal(again.code, 0, again.output);
    assert.match(again.output, /has its verdict in this CI run 16023\/1: reporting it again/);
    assert.deepEqual([deployed.report().verdict, deployed.report().execution.arn], [verdict, execution.arn]);
    assert.equal(deployed.report().candidate?.action, "left rejected, because a person decided");

    const attempt = await deployed.check([...once, "--always"], { ...ci, GITHUB_RUN_ATTEMPT: "2" });
    assert.notEqual(executionIn(attempt.output), execution.arn);
  });

  it("shares one execution between two simultaneous checks, and names executions of other checks", async () => {
    const fresh = await deployed.newData();
    const before = await deployed.executions();
    const one = deployed.spawn("check-stack", [...fresh, "--report", ".local/one"]);
    const two = deployed.spawn("check-stack", [...fresh, "--report", ".local/two"]);
    const [first, second] = await Promise.all([one.ended, two.ended]);
    assert.deepEqual([first.code, second.code], [0, 0], first.output + second.output);
    assert.equal(executionIn(first.output), executionIn(second.output));
    assert.equal(deployed.report("one").verdict, deployed.report("two").verdict);
    assert.equal(await deployed.executions(), before + 1);

    // The fault makes the first execution look as if it were still running.
    await deployed.addFault({ fault: "status", operation: "ListPipelineExecutions", status: "Executing", times: 1 });
    const other = await deployed.check([...fresh, "--parameter", "ErrorCeiling=7"]);
    assert.equal(other.code, 0, other.output);
    const told = `Another execution is running at the same time: ${executionIn(first.output)} (check-stack with other sources or parameters).`;
    assert.ok(other.output.includes(told), other.output);
    assert.notEqual(executionIn(other.output), executionIn(first.output));
  });

  it("hands its execution over without credentials or at the deadline, follows it in the same CI run, and stops it with --stop", async () => {
    const handOver = join(deployed.clone.folder, ".local", "github-output");
    const own = [...(await deployed.newData()), "--hand-over", handOver];
    const ci = { GITHUB_RUN_ID: "16024", GITHUB_RUN_ATTEMPT: "1" };
    await deployed.slowDownNextJob();
    const expired = {
      fault: "error",
      type: "ExpiredTokenException",
      message: "The security token is expired.",
    } as const;
    await deployed.addFault({ service: "sagemaker", operation: "DescribePipelineExecution", ...expired, times: 1 });
    const first = await deployed.check(own, ci);
    assert.equal(first.code, 0, first.output);
    assert.deepEqual([deployed.report().exitCode, deployed.report().cause], [6, "credentials-expired"]);
    const { arn } = deployed.report().execution;

    const second = await deployed.check([...own, "--timeout", "0.001"], ci);
    assert.equal(second.code, 0, second.output);
    assert.match(second.output, /hands over to the next job/);
    assert.deepEqual([deployed.report().exitCode, deployed.report().cause], [4, undefined]);
    assert.equal(deployed.report().execution.arn, arn);
    assert.equal(readFileSync(handOver, "utf8"), "unfinished=true\nunfinished=true\n");

    const stopped = await deployed.check([...own, "--stop"], ci);
    assert.deepEqual([stopped.code, stopped.output], [0, `Stopped ${arn}.\n`]);
    const { PipelineExecutionStatus = "" } = await deployed.sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }),
    );
    assert.match(PipelineExecutionStatus, /^Stopp/);
    const nothing = await deployed.check([...own, "--stop"], ci);
    assert.match(nothing.output, /^No execution of crickets-training-local is running for this check\.$/m);

    const done = await deployed.check([...deployed.newIdentity(), "--hand-over", handOver], ci);
    assert.equal(done.code, 0, done.output);
    assert.match(readFileSync(handOver, "utf8"), /\nunfinished=false\n$/);
  });

  it("judges the latest execution with --no-start, runs some steps with --from-step, and retries a failed execution with --retry", async () => {
    const own = deployed.newIdentity();
    const all = await deployed.check(own);
    assert.equal(all.code, 0, all.output);
    const judged = await deployed.check(["--no-start"]);
    assert.deepEqual([judged.code, executionIn(judged.output)], [0, executionIn(all.output)], judged.output);

    const part = await deployed.check(["--from-step", "ScoreLine"]);
    assert.equal(part.code, 0, part.output);
    assert.match(part.output, /FitLine +taken from an earlier execution/);

    const refused = await deployed.check([...deployed.data, "--parameter", "ErrorCeiling=1"]);
    assert.equal(refused.code, 1, refused.output);
    const retried = await deployed.check(["--retry"]);
    assert.match(
      retried.output,
      new RegExp(`^Execution ${executionIn(refused.output)} \\(retried from where it ended`, "m"),
    );
    // The pipeline rejects the model again, because the execution keeps the ceiling that it was started with.
    assert.equal(retried.code, 1, retried.output);
    assert.deepEqual(deployed.report().thresholds?.ceiling, { value: 1, source: "execution" });
  });

  it("judges an execution by the thresholds that it was started with, unless flags give others", async () => {
    const refused = await deployed.check([...deployed.data, "--ceiling", "1", "--absolute-tolerance", "0.5"]);
    assert.equal(refused.code, 1, refused.output);
    const judged = await deployed.check(["--no-start"]);
    assert.deepEqual([judged.code, executionIn(judged.output)], [1, executionIn(refused.output)], judged.output);
    const { ceiling, absoluteTolerance } = deployed.report().thresholds ?? assert.fail();
    assert.deepEqual(ceiling, { value: 1, source: "execution" });
    assert.deepEqual(absoluteTolerance, { value: 0.5, source: "execution" });

    const other = await deployed.check(["--execution", executionIn(refused.output), "--ceiling", "7"]);
    assert.equal(other.code, 5, other.output);
    assert.match(
      other.output,
      /rejected the model in RefuseLine because of the ceiling 1 that it was started with and registered none, but its evaluation is good enough for the ceiling 7/,
    );
  });

  it("requires --from-step to include the evaluation, and reuses an execution that has the other results", async () => {
    const own = deployed.newIdentity();
    const all = await deployed.check(own);
    assert.equal(all.code, 0, all.output);
    const before = await deployed.executions();
    const late = await deployed.check(["--from-step", "RegisterLine"]);
    assert.equal(late.code, 2, late.output);
    assert.match(late.output, /^ {2}--from-step RegisterLine: ScoreLine writes the evaluation, but is not among/m);
    assert.equal(await deployed.executions(), before);

    // This execution has no results of the first steps, so it cannot be the source.
    const other = await deployed.run("run-pipeline", ["--from-step", "RegisterLine"]);
    assert.equal(other.code, 0, other.output);
    const part = await deployed.check(["--from-step", "ScoreLine"]);
    assert.equal(part.code, 0, part.output);
    const source = `Running ScoreLine, CheckError, RegisterLine, RefuseLine; the results of the other steps come from ${executionIn(all.output)}`;
    assert.ok(part.output.includes(source), part.output);
  });

  it("rejects --from-step if the code of the earlier steps has changed, so that the model matches its commit", async () => {
    const own = deployed.newIdentity();
    assert.equal((await deployed.check(own)).code, 0);
    const part = ["--from-step", "ScoreLine"];
    const judged = await deployed.check([...part, "--baseline", "none"]);
    assert.equal(judged.code, 0, judged.output);
    const chain = await deployed.run("verify-model", ["--model", deployed.report().candidate?.modelPackageArn ?? ""]);
    assert.equal(chain.code, 0, chain.output);
    assert.match(chain.output, /^holds +steps +it took the results of SplitChirps, FitLine from arn:\S+, where/m);

    // Of other data the model would be another one.
    const refused =
      /none of the latest executions of \S+ has results of SplitChirps, FitLine with the present code and parameters/;
    const other = await deployed.check([...part, ...(await deployed.newData())]);
    assert.equal(other.code, 2, other.output);
    assert.match(other.output, refused);

    deployed.clone.edit("pipelines/crickets/split.py", "import", "# changed\nimport");
    await deployed.redeploy();
    const changed = await deployed.check(part);
    await deployed.git("checkout", "-q", "pipelines");
    await deployed.redeploy();
    assert.equal(changed.code, 2, changed.output);
    assert.match(changed.output, refused);
  });

  it("judges an execution of run-pipeline without a baseline only with --baseline none", async () => {
    const started = await deployed.run("run-pipeline", deployed.data);
    assert.equal(started.code, 0, started.output);
    const arn = executionIn(started.output);
    const judged = await deployed.check(["--execution", arn]);
    assert.equal(judged.code, 2, judged.output);
    assert.match(
      judged.output,
      /^ {2}arn:\S+ was started without a model to compare with \(BaselineUrl\), although arn:\S+ is approved: start a new/m,
    );
    const alone = await deployed.check(["--execution", arn, "--baseline", "none"]);
    assert.equal(alone.code, 0, alone.output);
    assert.match(alone.output, /With --baseline none, only the ceiling decided\./);

    // The execution's own model is approved now, but it cannot have been its baseline.
    const approved = deployed.report().candidate?.modelPackageArn;
    assert.equal(deployed.report().candidate?.action, "approved");
    const again = await deployed.check(["--execution", arn, "--baseline", "none"]);
    assert.equal(again.code, 0, again.output);
    assert.deepEqual(
      [deployed.report().candidate?.modelPackageArn, deployed.report().candidate?.action],
      [approved, "approved"],
    );

    const own = await deployed.check(deployed.data);
    const given = await deployed.check(["--execution", executionIn(own.output), "--baseline", "none"]);
    assert.equal(given.code, 2, given.output);
    assert.match(given.output, /^ {2}--baseline none: the check that started arn:\S+ has fixed its baseline: /m);
  });
});
