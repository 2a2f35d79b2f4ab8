import assert from "node:assert/strict";
import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import { stepOutcome } from "../../../../check/report/content/step-outcome.ts";
import { stepsPart } from "../../../../check/report/read/read-execution.ts";

const at = (seconds: number) => new Date(seconds * 1000);

describe("the steps of an execution in the report", () => {
  it("have the origin of each result, and a duration only if the execution ran them itself", () => {
    const ended = { StepStatus: "Succeeded", StartTime: at(0), EndTime: at(50) } as const;
    const steps: PipelineExecutionStep[] = [
      { ...ended, StepName: "Preprocess", SelectiveExecutionResult: {} },
      { ...ended, StepName: "Train", CacheHitResult: {} },
      { ...ended, StepName: "Evaluate", StartTime: at(7000), EndTime: at(7002) },
      {
        ...ended,
        StepName: "Check",
        StartTime: at(7002),
        EndTime: at(7002),
        Metadata: { Condition: { Outcome: "False" } },
      },
      { StepName: "Refuse", StepStatus: "Failed", StartTime: at(7003), EndTime: at(7004), FailureReason: "over" },
    ];
    const { seconds, steps: reported = [] } = stepsPart(steps, "Failed");
    assert.equal(seconds, 4);
    assert.deepEqual(
      reported.map((step) => stepOutcome(step)),
      ["from an earlier execution", "from the cache", "succeeded in 2.0 s", "is false", "failed in 1.0 s"],
    );
    assert.equal(reported[4]?.failureReason, "over");
  });
});
