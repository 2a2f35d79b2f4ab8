import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import {
  DescribePipelineCommand,
  DescribePipelineExecutionCommand,
  ListPipelineVersionsCommand,
  RetryPipelineExecutionCommand,
  StartPipelineExecutionCommand,
  type StartPipelineExecutionRequest,
  StopPipelineExecutionCommand,
  UpdatePipelineCommand,
  UpdatePipelineExecutionCommand,
  UpdatePipelineVersionCommand,
} from "@aws-sdk/client-sagemaker";
import { definition, prelude, scriptStep } from "../definitions.ts";
import { appears, bucket, createPipeline, type Followed, follow, put, run, start } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { failing, following, instant, untilGo } from "./instant-steps.ts";

describe("the course of an execution", () => {
  const aws = useLocalAws();

  const names = (steps: object) => Object.keys(steps).sort();
  const retry = (arn: string, token: string) =>
    aws.sagemaker.send(new RetryPipelineExecutionCommand({ PipelineExecutionArn: arn, ClientRequestToken: token }));
  const begin = async (request: Partial<StartPipelineExecutionRequest> & { PipelineName: string }) => {
    const { PipelineExecutionArn = "" } = await aws.sagemaker.send(
      new StartPipelineExecutionCommand({ ClientRequestToken: undefined, ...request }),
    );
    return PipelineExecutionArn;
  };

  it("ends as CompletedWithFailures if other steps handle a step's failure", async () => {
    const steps = [
      failing("A"),
      instant("OnFail", following({ Step: "A", Trigger: "Failed" })),
      instant("Always", following({ Step: "A", Trigger: "Any" })),
      instant("OnStop", following({ Step: "A", Trigger: "Stopped" })),
      instant("Then", following("A")),
      instant("Last", following("OnFail")),
    ];
    await createPipeline(aws, "Triggers", definition(steps));
    const ended = await run(aws, "Triggers");
    assert.equal(ended.status, "CompletedWithFailures");
    assert.deepEqual(names(ended.steps), ["A", "Always", "Last", "OnFail"]);

    await createPipeline(aws, "Unhandled", definition([failing("A"), instant("Then", following("A"))]));
    assert.equal((await run(aws, "Unhandled")).status, "Failed");
  });

  it("retries a step according to its policies, and reports if no policy names the exception", async function () {
    this.timeout(30_000);
    const code = await put(aws, "code/retry.py", `${prelude}\nreport(x=1)\n`);
    const policy = { ExceptionType: ["SageMaker.CAPACITY_ERROR"], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 2 };
    const steps = [{ ...scriptStep({ name: "Scarce", code }), RetryPolicies: [policy] }];
    await createPipeline(aws, "Scarce", definition(steps));
    const fault = { service: "sagemaker", operation: "CreateProcessingJob", from: "job" } as const;
    const scarce = { ...fault, fault: "job-failed", reason: "CapacityError: Unable to provision capacity." } as const;
    aws.faults.add([{ ...scarce, times: 2 }]);
    const ended = await run(aws, "Scarce");
    assert.deepEqual([ended.status, ended.steps["Scarce"]?.AttemptCount], ["Succeeded", 3]);
    aws.faults.clear();

    aws.faults.add([{ ...scarce, times: 3 }]);
    const given = (await run(aws, "Scarce")).steps["Scarce"];
    assert.deepEqual([given?.AttemptCount, given?.FailureReason], [3, scarce.reason]);
    aws.faults.clear();

    const limit = "The account-level service limit 'ml.m5.large for processing job usage' is 0 Instances";
    aws.faults.add([{ ...fault, fault: "error", type: "ResourceLimitExceeded", message: limit, times: 1 }]);
    const { arn, steps: rejected } = await run(aws, "Scarce");
    assert.equal(
      rejected["Scarce"]?.FailureReason,
      `ClientError: Failed to invoke sagemaker:CreateProcessingJob. Error Details: ${limit}\nRetry not appropriate on execution of step with PipelineExecutionArn ${arn} and StepId Scarce. No retry policy configured for the exception type SAGEMAKER_RESOURCE_LIMIT.`,
    );
    aws.faults.clear();

    aws.faults.add([{ ...fault, fault: "throttling", times: 1 }]);
    assert.equal((await run(aws, "Scarce")).steps["Scarce"]?.AttemptCount, 2);
    aws.faults.clear();
  });

  it("continues a failed execution once for a token, without the steps that succeeded", async function () {
    this.timeout(30_000);
    const code = await put(aws, "code/until-go.py", untilGo("retried"));
    const once = await put(aws, "code/once.py", `${prelude}\nreport(once=1)\n`);
    const steps = [
      scriptStep({ name: "Once", code: once }),
      scriptStep({ name: "Flaky", code, dependsOn: ["Once"] }),
      instant("End", following("Flaky")),
    ];
    await createPipeline(aws, "Retried", definition(steps));
    const failed = await run(aws, "Retried");
    assert.equal(failed.status, "Failed");
    const first = failed.steps["Once"]?.Metadata?.ProcessingJob?.Arn;
    await put(aws, "retried/go", "go");
    const token = "retry-".padEnd(40, "0");
    await retry(failed.arn, token);
    await retry(failed.arn, token);
    const ended = await follow(aws, failed.arn);
    assert.equal(ended.status, "Succeeded");
    assert.equal(ended.reason, undefined);
    assert.equal(ended.steps["Once"]?.Metadata?.ProcessingJob?.Arn, first);
    assert.deepEqual(names(ended.steps), ["End", "Flaky", "Once"]);
    assert.equal(await appears(aws, "retried/runs"), "2");
    await retry(failed.arn, token);
    await assert.rejects(retry(failed.arn, "retry-".padEnd(40, "1")), {
      name: "ValidationException",
      message: /Only pipeline executions in 'Failed' or 'Stopped' status can be retried.*'Succeeded'/,
    });
  });

  it("runs selected steps with the outputs of another execution", async function () {
    this.timeout(30_000);
    const code = await put(aws, "code/number.py", `${prelude}\nreport(number=time.time())\n`);
    const copy = await put(
      aws,
      "code/copy.py",
      `${prelude}\nreport(**json.load(open(base + "/processing/input/first/report.json")))\n`,
    );
    const from = (step: string) => [
      {
        InputName: "first",
        S3Input: {
          S3Uri: { Get: `Steps.${step}.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri` },
          LocalPath: "/opt/ml/processing/input/first",
          S3DataType: "S3Prefix",
          S3InputMode: "File",
        },
      },
    ];
    const steps = [
      scriptStep({ name: "First", code }),
      scriptStep({ name: "Second", code: copy, inputs: from("First") }),
      scriptStep({ name: "Third", code: copy, inputs: from("Second") }),
    ];
    await createPipeline(aws, "Selective", definition(steps));
    const source = await run(aws, "Selective");
    assert.equal(source.status, "Succeeded");
    const select = (...chosen: string[]) => ({
      SelectedSteps: chosen.map((StepName) => ({ StepName })),
      SourcePipelineExecutionArn: source.arn,
    });
    const arn = await begin({ PipelineName: "Selective", SelectiveExecutionConfig: select("Second") });
    const ended = await follow(aws, arn);
    assert.equal(ended.status, "Succeeded");
    assert.deepEqual(names(ended.steps), ["First", "Second"]);
    assert.equal(ended.steps["First"]?.SelectiveExecutionResult?.SourcePipelineExecutionArn, source.arn);
    assert.equal(ended.steps["Second"]?.SelectiveExecutionResult, undefined);
    const report = (execution: string, step: string) =>
      appears(aws, `${execution.split("/").at(-1)}/${step}/out/report.json`);
    assert.equal(await report(arn, "Second"), await report(source.arn, "First"));
    const described = await aws.sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }));
    assert.deepEqual(described.SelectiveExecutionConfig, select("Second"));

    const rejected: readonly [object, RegExp][] = [
      [select("None"), /no step None/],
      [select("First", "Third"), /Select Second, too/],
      [{ SelectedSteps: [{ StepName: "Second" }] }, /SourcePipelineExecutionArn is required/],
      [{ ...select("Second"), SourcePipelineExecutionArn: arn.replace(/.$/, "_") }, /does not exist/],
    ];
    for (const [SelectiveExecutionConfig, message] of rejected)
      await assert.rejects(
        begin({ PipelineName: "Selective", SelectiveExecutionConfig: SelectiveExecutionConfig as never }),
        { message },
      );
  });

  it("runs the requested version of the pipeline", async () => {
    await createPipeline(aws, "Versioned", definition([instant("One")]));
    const describe = (more: object) =>
      aws.sagemaker.send(new DescribePipelineCommand({ PipelineName: "Versioned", ...more }));
    const { PipelineArn } = await describe({});
    const update = (steps: object[]) =>
      aws.sagemaker.send(
        new UpdatePipelineCommand({ PipelineName: "Versioned", PipelineDefinition: JSON.stringify(definition(steps)) }),
      );
    assert.equal((await update([instant("Two")])).PipelineVersionId, 2);
    assert.equal((await update([instant("Two")])).PipelineVersionId, 2, "an update without changes creates no version");
    const version = { PipelineArn, PipelineVersionId: 1 };
    await aws.sagemaker.send(new UpdatePipelineVersionCommand({ ...version, PipelineVersionDisplayName: "first" }));
    const versions = await aws.sagemaker.send(new ListPipelineVersionsCommand({ PipelineName: "Versioned" }));
    assert.deepEqual(
      versions.PipelineVersionSummaries?.map((each) => [each.PipelineVersionId, each.PipelineVersionDisplayName]),
      [
        [2, undefined],
        [1, "first"],
      ],
    );
    assert.match((await describe({ PipelineVersionId: 1 })).PipelineDefinition ?? "", /"One"/);
    assert.match((await describe({})).PipelineDefinition ?? "", /"Two"/);
    const old = await follow(aws, await begin({ PipelineName: "Versioned", PipelineVersionId: 1 }));
    assert.deepEqual(names(old.steps), ["One"]);
    assert.deepEqual(names((await run(aws, "Versioned")).steps), ["Two"]);
    await assert.rejects(begin({ PipelineName: "Versioned", PipelineVersionId: 3 }), { name: "ResourceNotFound" });
  });

  it("starts more steps when its maximum is raised, and stops while its jobs wait for a free processor", async function () {
    this.timeout(30_000);
    const code = await put(aws, "code/hold.py", `${prelude}\ntime.sleep(60)\n`);
    const jobs = (count: number) => Array.from({ length: count }, (_, i) => scriptStep({ name: `J${i}`, code }));
    const count = availableParallelism();
    await createPipeline(aws, "Hold", definition(jobs(count)));
    await createPipeline(aws, "Queue", definition(jobs(1)));
    const ParallelismConfiguration = { MaxParallelExecutionSteps: 1 };
    const hold = await begin({ PipelineName: "Hold", ParallelismConfiguration });
    const executing = (now: Followed) =>
      Object.values(now.steps).filter((step) => step.StepStatus === "Executing").length;
    await follow(aws, hold, (now) => executing(now) === 1);
    const more = { MaxParallelExecutionSteps: count };
    const update = { PipelineExecutionArn: hold, ParallelismConfiguration: more };
    await aws.sagemaker.send(new UpdatePipelineExecutionCommand(update));
    await follow(aws, hold, (now) => executing(now) === count);

    const queued = await start(aws, "Queue");
    await follow(aws, queued, (now) => now.steps["J0"]?.StepStatus === "Starting");
    const stop = (PipelineExecutionArn: string) =>
      aws.sagemaker.send(
        new StopPipelineExecutionCommand({ PipelineExecutionArn, ClientRequestToken: "q".padEnd(32, "-") }),
      );
    await stop(queued);
    assert.equal((await follow(aws, queued)).status, "Stopped");
    assert.equal((await follow(aws, hold, () => true)).status, "Executing");
    await stop(hold);
    assert.equal((await follow(aws, hold)).status, "Stopped");
  });

  it("is updated, stopped and continued", async function () {
    this.timeout(30_000);
    const code = await put(
      aws,
      "code/wait.py",
      `${prelude}
s3("PUT", "${bucket}/waiting", b"")
try:
    s3("GET", "${bucket}/waited/go")
except urllib.error.HTTPError:
    time.sleep(60)
report(x=1)
`,
    );
    await createPipeline(
      aws,
      "Waits",
      definition([scriptStep({ name: "Wait", code }), instant("End", following("Wait"))]),
    );
    const arn = await start(aws, "Waits");
    await appears(aws, "waiting");
    const of = { PipelineExecutionArn: arn };
    const PipelineExecutionDisplayName = "renamed";
    await aws.sagemaker.send(
      new UpdatePipelineExecutionCommand({ ...of, PipelineExecutionDisplayName, PipelineExecutionDescription: "new" }),
    );
    const described = await aws.sagemaker.send(new DescribePipelineExecutionCommand(of));
    assert.deepEqual(
      [described.PipelineExecutionDisplayName, described.PipelineExecutionDescription],
      ["renamed", "new"],
    );
    await assert.rejects(retry(arn, "retry-".padEnd(40, "2")), { name: "ValidationException" });
    const stop = (token: string) =>
      aws.sagemaker.send(new StopPipelineExecutionCommand({ ...of, ClientRequestToken: token.padEnd(32, "-") }));
    await stop("stop");
    await stop("stop");
    assert.equal((await follow(aws, arn)).status, "Stopped");
    await stop("stop");
    await assert.rejects(stop("another"), {
      name: "ValidationException",
      message: /Only pipelines in 'Executing' status/,
    });
    await put(aws, "waited/go", "go");
    await retry(arn, "retry-".padEnd(40, "3"));
    const ended = await follow(aws, arn);
    assert.equal(ended.status, "Succeeded");
    assert.deepEqual(names(ended.steps), ["End", "Wait"]);
  });
});
