import assert from "node:assert/strict";
import { invoke } from "../../../local/execution/failed-call.ts";
import { checkJobLimits } from "../../../local/execution/job-limits.ts";

const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, "v"]));
const words = (count: number, length = 1) => Array.from({ length: count }, () => "w".repeat(length));

describe("limits of a job", () => {
  type Operation = Parameters<typeof checkJobLimits>[0];
  type Job = Parameters<typeof checkJobLimits>[1];
  const refused: readonly [Operation, Job, string][] = [
    [
      "CreateProcessingJob",
      { Environment: entries(101) },
      "1 validation error detected: Value at 'environment' failed to satisfy constraint: Member must have length less than or equal to 100",
    ],
    [
      "CreateTransformJob",
      { Environment: entries(17) },
      "1 validation error detected: Value at 'environment' failed to satisfy constraint: Member must have length less than or equal to 16",
    ],
    [
      "CreateTrainingJob",
      { HyperParameters: { a: "x".repeat(2501) } },
      "1 validation error detected: Value at 'hyperParameters' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 2500]",
    ],
    [
      "CreateProcessingJob",
      { AppSpecification: { ContainerArguments: words(101, 257) }, ProcessingInputs: words(11) },
      "3 validation errors detected: Value at 'appSpecification.containerArguments' failed to satisfy constraint: Member must have length less than or equal to 100; Value at 'appSpecification.containerArguments' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 256]; Value at 'processingInputs' failed to satisfy constraint: Member must have length less than or equal to 10",
    ],
  ];
  refused.forEach(([operation, job, message]) => {
    it(`are the service's: ${message.slice(0, 90)}`, () =>
      assert.throws(() => checkJobLimits(operation, job), { type: "ValidationException", message }));
  });

  it("let through what is within them", () => {
    checkJobLimits("CreateProcessingJob", {
      Environment: entries(100),
      AppSpecification: { ContainerArguments: words(100, 256) },
    });
    checkJobLimits("CreateTrainingJob", { HyperParameters: entries(100), ProcessingInputs: [] });
  });

  it("are said as the pipeline says a refused call", () => {
    assert.throws(
      () => invoke("CreateTrainingJob", () => checkJobLimits("CreateTrainingJob", { HyperParameters: entries(101) })),
      {
        message:
          "ClientError: Failed to invoke sagemaker:CreateTrainingJob. Error Details: 1 validation error detected: Value at 'hyperParameters' failed to satisfy constraint: Member must have length less than or equal to 100",
      },
    );
  });
});
