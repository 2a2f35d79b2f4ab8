import assert from "node:assert/strict";
import { stepsToRerun } from "../../../check/execution/rerun-steps.ts";
import { definition, output, prelude, scriptStep } from "../definitions.ts";
import { createPipeline, failures, put, run } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";

describe("an execution and its steps' records", () => {
  const aws = useLocalAws();

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
});
