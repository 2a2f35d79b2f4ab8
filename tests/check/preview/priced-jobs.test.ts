import assert from "node:assert/strict";
import { pricedJobs } from "../../../check/preview/priced-jobs.ts";
import type { Json, PipelineDefinition, StepDefinition } from "../../../service-model/definition.ts";

const get = (name: string) => ({ Get: `Parameters.${name}` });
const step = (Name: string, Type: string, Arguments: Json) => ({ Name, Type, Arguments }) as StepDefinition;
const definition = (...Steps: readonly StepDefinition[]): PipelineDefinition => ({
  Version: "2020-12-01",
  Metadata: {},
  Parameters: [
    { Name: "Kind", Type: "String", DefaultValue: "ml.m5.xlarge" },
    { Name: "Count", Type: "Integer", DefaultValue: 3n },
    { Name: "Later", Type: "String" },
  ],
  Steps,
});

describe("pricedJobs", () => {
  const train = (kind: Json, count: Json, stop?: Json) =>
    step("Fit", "Training", {
      ResourceConfig: { InstanceType: kind, InstanceCount: count },
      ...(stop === undefined ? {} : { StoppingCondition: stop }),
    });
  const job = (one: StepDefinition) => {
    const [first] = pricedJobs(definition(one), () => true);
    return [first?.instanceType, first?.instances, first?.seconds];
  };

  it("reads the instances and the limit, or the parameters' default values", () => {
    assert.deepEqual(job(train("ml.c5.xlarge", 2, { MaxRuntimeInSeconds: 60 })), ["ml.c5.xlarge", 2, 60]);
    assert.deepEqual(job(train(get("Kind"), get("Count"), { MaxRuntimeInSeconds: get("Count") })), [
      "ml.m5.xlarge",
      3,
      3,
    ]);
  });

  it("knows nothing of a parameter without a default value, or of an earlier step's result", () => {
    const property = { Get: "Steps.Choose.Kind" };
    assert.deepEqual(job(train(get("Later"), property, { MaxRuntimeInSeconds: 60 })), [undefined, undefined, 60]);
  });

  it("takes a day for a job without a limit, and no limit for a transform job", () => {
    assert.deepEqual(job(train("ml.c5.xlarge", 1)), ["ml.c5.xlarge", 1, 86_400]);
    const transform = step("Predict", "Transform", {
      TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
    });
    assert.deepEqual(job(transform), ["ml.m5.large", 1, undefined]);
  });

  it("finds the jobs in branches, but leaves out a loop's body and steps without jobs", () => {
    const cluster = { ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.large", InstanceCount: 1 } } };
    const inner = (name: string) => step(name, "Processing", cluster) as unknown as Json;
    const jobs = pricedJobs(
      definition(
        step("Choose", "Condition", { Conditions: [], IfSteps: [inner("Yes")], ElseSteps: [inner("No")] }),
        step("Each", "ForEach", { ForEachBody: [inner("Item")] }),
        step("Stop", "Fail", { ErrorMessage: "no" }),
      ),
      (name) => name === "Yes",
    );
    assert.deepEqual(
      jobs.map(({ step: name, runs }) => [name, runs]),
      [
        ["Yes", true],
        ["No", false],
      ],
    );
  });
});
