import assert from "node:assert/strict";
import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import { stepsToRerun } from "../../../check/execution/rerun-steps.ts";

const day = 86_400_000;
const ended = new Date("2026-01-01T00:00:00Z");

const cached = { Enabled: true, ExpireAfter: "P30D" };
const definition = JSON.stringify({
  Version: "2020-12-01",
  Steps: [
    { Name: "Split", Type: "Processing", CacheConfig: cached, Arguments: {} },
    { Name: "Train", Type: "Training", CacheConfig: { Enabled: true }, Arguments: {} },
    {
      Name: "Check",
      Type: "Condition",
      Arguments: { Conditions: [], IfSteps: [{ Name: "Explain", Type: "Processing", Arguments: {} }], ElseSteps: [] },
    },
    { Name: "Model", Type: "Model", Arguments: {} },
    {
      Name: "Predict",
      Type: "Transform",
      CacheConfig: cached,
      Arguments: { ModelName: { Get: "Steps.Model.ModelName" } },
    },
    {
      Name: "Stamp",
      Type: "Processing",
      CacheConfig: cached,
      Arguments: { Environment: { RUN: { Get: "Execution.PipelineExecutionId" } } },
    },
    { Name: "Register", Type: "RegisterModel", Arguments: {} },
  ],
});

function step(StepName: string, more: Partial<PipelineExecutionStep> = {}): PipelineExecutionStep {
  return { StepName, StepStatus: "Succeeded", EndTime: ended, ...more };
}

const all = [step("Split"), step("Train"), step("Check"), step("Register")];

describe("the prediction of what runs again", () => {
  const cases: readonly (readonly [string, readonly PipelineExecutionStep[], number, readonly string[]])[] = [
    ["nothing while the step cache has every result", all, 1, []],
    ["a step whose result has expired", all, 31, ["Split"]],
    ["a step without a step cache, in a branch that was taken", [...all, step("Explain")], 1, ["Explain"]],
    ["a step that failed", [step("Split", { StepStatus: "Failed" })], 1, ["Split"]],
    ["a step that the definition does not have, as one of a loop", [step("Turn-1")], 1, ["Turn-1"]],
    ["a step whose cached result is from an older execution", [step("Split", cacheHit("old"))], 1, ["Split"]],
    ["a step that reads the name of a new model", [...all, step("Model"), step("Predict")], 1, ["Predict"]],
    ["a step that reads the execution's id", [...all, step("Stamp")], 1, ["Stamp"]],
    ["a step whose source is gone", [step("Train", cacheHit("gone"))], 1, ["Train"]],
  ];
  const sources = new Map([["old", [step("Split", { EndTime: new Date(ended.getTime() - 30 * day) })]]]);
  for (const [what, steps, days, expected] of cases)
    it(`names ${what}`, () => {
      assert.deepEqual(stepsToRerun(definition, steps, sources, ended.getTime() + days * day), expected);
    });
});

function cacheHit(arn: string) {
  return { CacheHitResult: { SourcePipelineExecutionArn: arn } };
}
