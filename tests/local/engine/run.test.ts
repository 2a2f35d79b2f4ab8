import assert from "node:assert/strict";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import {
  DescribeProcessingJobCommand,
  StopPipelineExecutionCommand,
  UpdatePipelineCommand,
} from "@aws-sdk/client-sagemaker";
import { stepsToRerun } from "../../../check/execution/rerun-steps.ts";
import { definition, output, prelude, reported, scriptStep } from "../definitions.ts";
import { appears, bucket, createPipeline, type Followed, follow, put, role, run, start } from "../local-aws.ts";
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

const failures = (followed: Followed) => Object.values(followed.steps).flatMap((step) => step.FailureReason ?? []);

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

  it("runs again exactly the steps that the stack check predicts", async () => {
    const code = await put(aws, "code/predicted/script.py", `${prelude}\nreport(value=1)\n`);
    const text = JSON.stringify(
      definition([
        scriptStep({ name: "Kept", code, cached: true }),
        scriptStep({ name: "NotCached", code }),
        scriptStep({ name: "Stamped", code, cached: true, environment: { RUN: { Get: "Execution.StartDateTime" } } }),
        scriptStep({ name: "Reader", code, cached: true, environment: { FROM: output("Kept") } }),
        scriptStep({
          name: "Follower",
          code,
          cached: true,
          environment: { FROM: { Get: "Steps.Kept.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri" } },
        }),
      ]),
    );
    await createPipeline(aws, "Predicted", JSON.parse(text));
    const first = await run(aws, "Predicted");
    assert.deepEqual(failures(first), []);
    const predicted = stepsToRerun(text, Object.values(first.steps), new Map(), aws.clock.now());
    const second = await run(aws, "Predicted");
    const ran = Object.values(second.steps).filter((step) => step.CacheHitResult === undefined);
    assert.deepEqual([...predicted].sort(), ran.map((step) => step.StepName).sort());
    assert.deepEqual([...predicted].sort(), ["NotCached", "Reader", "Stamped"]);
  });

  it("runs the Python script of an image that no table knows, and says so in the step's record", async () => {
    const code = await put(aws, "code/unknown/script.py", `${prelude}\nimport pandas\nreport(ok=1)\n`);
    const step = scriptStep({ name: "Own", code });
    const ImageUri = "111122223333.dkr.ecr.us-east-1.amazonaws.com/churn:1";
    const AppSpecification = { ...step.Arguments.AppSpecification, ImageUri };
    const own = { ...step, Description: "Scores.", Arguments: { ...step.Arguments, AppSpecification } };
    await createPipeline(aws, "Unknown", definition([own]));
    const { status, steps } = await run(aws, "Unknown");
    assert.equal(status, "Succeeded");
    assert.match(
      steps["Own"]?.StepDescription ?? "",
      /^Scores\. The image \S+churn:1 is not known here\. Its script runs in/,
    );
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

  it("gives the last line of a traceback as the reason, and shows the last lines in the endpoint's terminal", async () => {
    const text = "print('reading')\nrows = [1]\nprint(rows[5])\n";
    const code = await put(aws, "code/traceback/script.py", text);
    const callback = { Name: "Ask", Type: "Callback", Arguments: {}, SqsQueueUrl: "https://q", OutputParameters: [] };
    await createPipeline(aws, "Traceback", definition([scriptStep({ name: "Rows", code }), callback]));
    assert.equal(aws.told?.at(-1), "Traceback: these steps will not run locally: Ask (Callback)");
    const ended = await run(aws, "Traceback");
    assert.equal(
      ended.steps["Rows"]?.FailureReason,
      "AlgorithmError: IndexError: list index out of range, exit code: 1",
    );
    const shown = aws.told?.find((line) => line.startsWith("Rows failed:")) ?? "";
    assert.match(shown, /^Rows failed:\n {2}reading\n {2}Traceback [\s\S]*\n {2}IndexError: list index out of range$/);
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
