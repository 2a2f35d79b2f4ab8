import assert from "node:assert/strict";
import { registerModelVersionStep } from "#language";
import { registrationProblem } from "../../pipelines/registration-problem.ts";
import type { Gate } from "../../pipelines/training-pipeline.ts";

type Metrics = Parameters<typeof registerModelVersionStep>[1]["metrics"];

const registration = (metrics: Metrics) =>
  registerModelVersionStep("Register", {
    ...{ group: "g", approvalStatus: "PendingManualApproval", image: "i", model: "s3://b/model.tar.gz" },
    ...{ contentTypes: ["text/csv"], responseTypes: ["text/csv"], ...(metrics && { metrics }) },
  });
const problemOf = (registerStep: object) =>
  registrationProblem({ registerStep, evaluation: { step: "Score", output: "out", path: "evaluation.json" } } as Gate);

describe("a registration", () => {
  it("is valid if it names the evaluation as the statistics of the model's quality", () => {
    assert.equal(problemOf(registration({ modelQuality: { statistics: "s3://b/evaluation.json" } })), undefined);
  });

  const lacking: readonly (readonly [string, object])[] = [
    ["no metrics", registration(undefined)],
    ["other metrics only", registration({ modelDataQuality: { statistics: "s3://b/s.json" } })],
    ["constraints only", registration({ modelQuality: { constraints: "s3://b/c.json" } })],
    ["no arguments, as in a JavaScript program", { name: "Register" }],
  ];
  for (const [what, step] of lacking)
    it(`is rejected with ${what}, because later checks could not compare with its models`, () => {
      const message = problemOf(step) ?? "";
      assert.match(message, /^gate\.registerStep Register registers models without their evaluation/);
      assert.match(message, /\[step\.outputs\.out, "evaluation\.json"\]\) \} \} with the step Score$/);
    });
});
