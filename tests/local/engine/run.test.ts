import assert from "node:assert/strict";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import {
  DescribeProcessingJobCommand,
  StopPipelineExecutionCommand,
  UpdatePipelineCommand,
} from "@aws-sdk/client-sagemaker";
import { definition, prelude, reported, scriptStep } from "../definitions.ts";
import { appears, bucket, createPipeline, failures, follow, put, role, run, start } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { failureReasons } from "./failure-reasons.ts";

const limited = { Name: "Limit", Type: "Float", DefaultValue: 6 };
const check = (step: string) => ({
  Name: "Check",
  Type: "Condition",
  Arguments: {
    Conditions: [
      { Type: "LessThanOrEqualTo", LeftValue: reported(step, "mse.value"), RightValue: { Get: "Parameters.Limit" } },
    ],
    IfSteps: [
      {
        Name: "Register",
        Type: "RegisterModel",
        Arguments: {
          ModelPackageGroupName: "made-by-the-step",
          InferenceSpecification: { Containers: [{ Image: "i", ModelDataUrl: `s3://${bucket}/m` }] },
        },
      },
    ],
    ElseSteps: [
      {
        Name: "TooBad",
        Type: "Fail",
        Arguments: {
          ErrorMessage: { "Std:Join": { On: " ", Values: ["mse", reported(step, "mse.value"), "is over the limit"] } },
        },
      },
    ],
  },
});

describe("an execution", () => {
  const aws = useLocalAws();

  before(() => put(aws, "m", "model"));

  it("registers a model or fails, according to the condition on a script's report", async () => {
    const data = await put(aws, "data/1/rows/a.csv", "1,2\n3,4\n");
    await put(aws, "data/1/rows/sub/b.csv", "5,6\n");
    const code = await put(
      aws,
      "code/1/evaluate.py",
      `${prelude}
rows = sum(open(os.path.join(folder, name)).read().count("\\n")
           for folder, _, names in os.walk(base + "/processing/input/data") for name in names)
assert sys.argv[1:] == ["--limit", "6"] or sys.argv[1:] == ["--limit", "2.5"], sys.argv
assert os.environ["STAGE"] == "test" and "AWS_PROFILE" not in os.environ
report(mse={"value": rows})
`,
    );
    const step = scriptStep({
      name: "Evaluate",
      code,
      inputs: [
        {
          InputName: "data",
          S3Input: {
            S3Uri: data.replace(/\/a\.csv$/, ""),
            LocalPath: "/opt/ml/processing/input/data",
            S3DataType: "S3Prefix",
            S3InputMode: "File",
          },
        },
      ],
      arguments: ["--limit", { "Std:Join": { On: "", Values: [{ Get: "Parameters.Limit" }] } }],
      environment: { STAGE: "test" },
    });
    await createPipeline(aws, "Decide", definition([step, check("Evaluate")], [limited]));

    process.env["AWS_PROFILE"] = "someone";
    const good = await run(aws, "Decide").finally(() => delete process.env["AWS_PROFILE"]);
    assert.equal(good.status, "Succeeded");
    assert.deepEqual(Object.keys(good.steps), ["Register", "Check", "Evaluate"]);
    assert.equal(good.steps["Check"]?.Metadata?.Condition?.Outcome, "True");
    assert.match(good.steps["Register"]?.Metadata?.RegisterModel?.Arn ?? "", /model-package\/made-by-the-step\/1$/);

    const bad = await run(aws, "Decide", { Limit: "2.5" });
    assert.equal(bad.status, "Failed");
    assert.equal(bad.reason, "Step failure: One or multiple steps failed.");
    assert.deepEqual(Object.keys(bad.steps), ["TooBad", "Check", "Evaluate"]);
    assert.equal(bad.steps["Check"]?.Metadata?.Condition?.Outcome, "False");
    assert.equal(bad.steps["TooBad"]?.FailureReason, "mse 3 is over the limit");
    assert.equal(bad.steps["TooBad"]?.Metadata?.Fail?.ErrorMessage, "mse 3 is over the limit");
  });

  it("uses the step cache for all steps, and after a change of code only for steps that do not depend on it", async () => {
    const scripts = (text: string) => put(aws, `code/${text}/first.py`, `${prelude}\nreport(text="${text}")\n`);
    const side = await put(aws, "code/side/side.py", `${prelude}\nreport(side=1)\n`);
    const second = await put(
      aws,
      "code/second/second.py",
      `${prelude}\nreport(got=json.load(open(base + "/processing/input/first/report.json"))["text"])\n`,
    );
    const first = { Get: "Steps.First.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri" };
    const steps = (code: string) =>
      definition([
        scriptStep({ name: "First", code, cached: true }),
        scriptStep({ name: "Side", code: side, cached: true }),
        scriptStep({
          name: "Second",
          code: second,
          cached: true,
          inputs: [
            {
              InputName: "first",
              S3Input: {
                S3Uri: first,
                LocalPath: "/opt/ml/processing/input/first",
                S3DataType: "S3Prefix",
                S3InputMode: "File",
              },
            },
          ],
        }),
        {
          Name: "Got",
          Type: "Condition",
          Arguments: {
            Conditions: [{ Type: "Equals", LeftValue: reported("Second", "got"), RightValue: "changed" }],
            IfSteps: [],
            ElseSteps: [],
          },
        },
      ]);
    const hits = (followed: Awaited<ReturnType<typeof run>>) =>
      Object.values(followed.steps)
        .filter((step) => step.CacheHitResult !== undefined)
        .map((step) => step.StepName)
        .sort();

    await createPipeline(aws, "Cached", steps(await scripts("original")));
    const one = await run(aws, "Cached");
    assert.deepEqual(failures(one), []);
    assert.equal(one.status, "Succeeded");
    assert.deepEqual(hits(one), []);
    const two = await run(aws, "Cached");
    assert.deepEqual(hits(two), ["First", "Second", "Side"]);
    assert.equal(two.steps["First"]?.CacheHitResult?.SourcePipelineExecutionArn, one.arn);
    assert.deepEqual(two.steps["First"]?.Metadata, one.steps["First"]?.Metadata);
    const three = await run(aws, "Cached");
    assert.equal(three.steps["First"]?.CacheHitResult?.SourcePipelineExecutionArn, one.arn);

    const PipelineDefinition = JSON.stringify(steps(await scripts("changed")));
    await aws.sagemaker.send(new UpdatePipelineCommand({ PipelineName: "Cached", RoleArn: role, PipelineDefinition }));
    const four = await run(aws, "Cached");
    assert.deepEqual(hits(four), ["Side"]);
    assert.equal(four.steps["Got"]?.Metadata?.Condition?.Outcome, "True");
  });

  it("runs independent steps in parallel", async function () {
    if ((await import("node:os")).availableParallelism() < 2) this.skip();
    const code = await put(
      aws,
      "code/meet/meet.py",
      `${prelude}
# Each step puts its own object and waits for the object of the other step. So they end only if they run in parallel.
mine, other = sys.argv[1], sys.argv[2]
s3("PUT", "${bucket}/meet/" + mine, b"here")
for _ in range(200):
    try:
        s3("GET", "${bucket}/meet/" + other)
        break
    except urllib.error.HTTPError:
        time.sleep(0.02)
else:
    sys.exit(1)
report(met=True)
`,
    );
    const steps = [
      ["A", "B"],
      ["B", "A"],
    ].map(([name = "", other = ""]) => scriptStep({ name, code, arguments: [name, other] }));
    await createPipeline(aws, "Parallel", definition(steps));
    assert.equal((await run(aws, "Parallel")).status, "Succeeded");
  });

  it("reports why a script failed, starts no dependent step and uploads no output", async () => {
    const code = await put(
      aws,
      "code/fail/fail.py",
      `${prelude}
report(x=1)
os.makedirs(base + "/output", exist_ok=True)
open(base + "/output/message", "w").write("row 17 is not a number")
sys.exit(3)
`,
    );
    const next = scriptStep({ name: "Next", code, dependsOn: ["Broken"] });
    await createPipeline(aws, "Broken", definition([scriptStep({ name: "Broken", code }), next]));
    const ended = await run(aws, "Broken");
    assert.equal(ended.status, "Failed");
    assert.deepEqual(Object.keys(ended.steps), ["Broken"]);
    assert.equal(ended.steps["Broken"]?.FailureReason, "AlgorithmError: row 17 is not a number, exit code: 3");
    const name = ended.steps["Broken"]?.Metadata?.ProcessingJob?.Arn?.split("/").at(-1) ?? "";
    const job = await aws.sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: name }));
    assert.equal(job.ProcessingJobStatus, "Failed");
    assert.equal(job.ExitMessage, "row 17 is not a number");
    const Key = `${ended.arn.split("/").at(-1)}/Broken/out/report.json`;
    await assert.rejects(aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key })), { name: "NoSuchKey" });
  });

  failureReasons.forEach(([title, step, reason], index) => {
    it(`fails the step for ${title}`, async () => {
      await createPipeline(aws, `Reason${index}`, definition([step]));
      const ended = await run(aws, `Reason${index}`);
      assert.equal(ended.status, "Failed");
      assert.match(ended.steps["S"]?.FailureReason ?? "", reason);
    });
  });

  it("stops a script that exceeds its maximum runtime", async () => {
    const code = await put(aws, "code/slow/slow.py", "import time\ntime.sleep(60)\n");
    await createPipeline(aws, "Slow", definition([scriptStep({ name: "Slow", code, maxSeconds: 1 })]));
    const ended = await run(aws, "Slow");
    assert.equal(ended.status, "Failed");
    assert.match(ended.steps["Slow"]?.FailureReason ?? "", /MaxRuntimeExceeded/);
  });

  it("kills a job that ignores SIGTERM when it is stopped, and starts no further step", async function () {
    this.timeout(20_000);
    const code = await put(
      aws,
      "code/stubborn/stubborn.py",
      `${prelude}
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
s3("PUT", "${bucket}/stubborn", b"deaf now")
time.sleep(60)
`,
    );
    const steps = [scriptStep({ name: "Long", code }), scriptStep({ name: "Next", code, dependsOn: ["Long"] })];
    await createPipeline(aws, "Stopped", definition(steps));
    const arn = await start(aws, "Stopped");
    await appears(aws, "stubborn");
    await aws.sagemaker.send(
      new StopPipelineExecutionCommand({ PipelineExecutionArn: arn, ClientRequestToken: "t".repeat(32) }),
    );
    assert.equal((await follow(aws, arn, () => true)).status, "Stopping");
    const ended = await follow(aws, arn);
    assert.equal(ended.status, "Stopped");
    assert.deepEqual(Object.keys(ended.steps), ["Long"]);
    assert.equal(ended.steps["Long"]?.StepStatus, "Stopped");
    await assert.rejects(
      aws.sagemaker.send(
        new StopPipelineExecutionCommand({ PipelineExecutionArn: arn, ClientRequestToken: "u".repeat(32) }),
      ),
      { name: "ValidationException" },
    );
  });
});
