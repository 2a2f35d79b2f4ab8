import assert from "node:assert/strict";
import {
  booleanParameter,
  conditionStep,
  execution,
  failStep,
  floatParameter,
  integerParameter,
  join,
  jsonGet,
  lessThanOrEqualTo,
  pipeline,
  processingStep,
  renderDefinition,
  type Step,
  stringParameter,
  trainingStep,
  type Value,
} from "#language";
import type { Parameter } from "../../language/expressions/expression.ts";

function rendered(step: Step, parameters: readonly Parameter[] = [], before: readonly Step[] = []) {
  return renderDefinition(pipeline("P", { parameters, steps: [...before, step] })).Steps.at(-1);
}

const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/custom:1";
const roleArn = "arn:aws:iam::123456789012:role/SageMakerRole";
const resources = { ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 30 } } as const;

const outputConfig = (OutputName: string) =>
  ({ Outputs: [{ OutputName, S3Output: { S3Uri: "s3://b/k", LocalPath: "/l", S3UploadMode: "EndOfJob" } }] }) as const;

const produce = processingStep("Produce", {
  arguments: {
    ProcessingResources: resources,
    AppSpecification: { ImageUri: image },
    RoleArn: roleArn,
    ProcessingOutputConfig: outputConfig("report"),
  },
  outputs: ["report"],
  propertyFiles: { Numbers: { output: "report", path: "numbers.json" } },
});

describe("rendering", () => {
  it("renders parameters with type, default and enumeration, in their order", () => {
    const parameters = [
      stringParameter("S", { default: "a", enum: ["a", "b"] }),
      integerParameter("I", { default: 3 }),
      floatParameter("F", { default: 0.5 }),
      booleanParameter("B", { default: false }),
      stringParameter("Required"),
      stringParameter("Empty", { default: "" }),
    ];
    assert.deepEqual(renderDefinition(pipeline("P", { parameters, steps: [] })).Parameters, [
      { Name: "S", Type: "String", DefaultValue: "a", EnumValues: ["a", "b"] },
      { Name: "I", Type: "Integer", DefaultValue: 3 },
      { Name: "F", Type: "Float", DefaultValue: 0.5 },
      { Name: "B", Type: "Boolean", DefaultValue: false },
      { Name: "Required", Type: "String" },
      { Name: "Empty", Type: "String", DefaultValue: "" },
    ]);
  });

  const text = stringParameter("Text");
  const count = integerParameter("Count");
  const messages: readonly (readonly [string, Value<string>, unknown])[] = [
    ["a plain string", "x", "x"],
    ["a parameter", text, { Get: "Parameters.Text" }],
    ["an execution variable", execution.id, { Get: "Execution.PipelineExecutionId" }],
    [
      "a nested join of all kinds of values",
      join("/", ["s3:/", text, count, 2.5, true, join("-", [execution.pipelineName])]),
      {
        "Std:Join": {
          On: "/",
          Values: [
            "s3:/",
            { Get: "Parameters.Text" },
            { Get: "Parameters.Count" },
            2.5,
            true,
            { "Std:Join": { On: "-", Values: [{ Get: "Execution.PipelineName" }] } },
          ],
        },
      },
    ],
    [
      "an output",
      produce.outputs.report,
      { Get: "Steps.Produce.ProcessingOutputConfig.Outputs['report'].S3Output.S3Uri" },
    ],
    [
      "an element of a list",
      produce.properties.ProcessingOutputConfig.Outputs.at(0).S3Output.S3Uri,
      { Get: "Steps.Produce.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri" },
    ],
    ["an entry of a map", produce.properties.Environment.at("KEY"), { Get: "Steps.Produce.Environment['KEY']" }],
    [
      "a property file",
      jsonGet<string>(produce.propertyFiles.Numbers, "a.b[0].c"),
      {
        "Std:JsonGet": { PropertyFile: { Get: "Steps.Produce.PropertyFiles.Numbers" }, Path: "a.b[0].c" },
      },
    ],
  ];
  for (const [what, errorMessage, expected] of messages)
    it(`renders ${what} in SageMaker's syntax`, () => {
      assert.deepEqual(rendered(failStep("Stop", { errorMessage }), [text, count], [produce]), {
        Name: "Stop",
        Type: "Fail",
        Arguments: { ErrorMessage: expected },
      });
    });

  it("renders the options of a step and its property files", () => {
    const step = processingStep("Full", {
      arguments: {
        ProcessingResources: resources,
        AppSpecification: { ImageUri: image },
        RoleArn: roleArn,
        ProcessingOutputConfig: outputConfig("out"),
      },
      outputs: ["out"],
      propertyFiles: { File: { output: "out", path: "f.json" } },
      cache: { enabled: true, expireAfter: "P1D" },
      displayName: "The full step",
      description: "Does it all",
      dependsOn: [produce],
    });
    const { Arguments: _, ...rest } = rendered(step, [], [produce]) ?? {};
    assert.deepEqual(rest, {
      Name: "Full",
      Type: "Processing",
      DependsOn: ["Produce"],
      DisplayName: "The full step",
      Description: "Does it all",
      PropertyFiles: [{ PropertyFileName: "File", OutputName: "out", FilePath: "f.json" }],
      CacheConfig: { Enabled: true, ExpireAfter: "P1D" },
    });
  });

  it("renders both branches of a condition step", () => {
    const value = jsonGet(produce.propertyFiles.Numbers, "value");
    const limit = floatParameter("Limit", { default: 6 });
    const check = conditionStep("Check", {
      conditions: [lessThanOrEqualTo(value, limit)],
      ifSteps: [failStep("Good", { errorMessage: "good" })],
      elseSteps: [failStep("Bad", { errorMessage: "bad" })],
    });
    assert.deepEqual(rendered(check, [limit], [produce])?.Arguments, {
      Conditions: [
        {
          Type: "LessThanOrEqualTo",
          LeftValue: {
            "Std:JsonGet": { PropertyFile: { Get: "Steps.Produce.PropertyFiles.Numbers" }, Path: "value" },
          },
          RightValue: { Get: "Parameters.Limit" },
        },
      ],
      IfSteps: [{ Name: "Good", Type: "Fail", Arguments: { ErrorMessage: "good" } }],
      ElseSteps: [{ Name: "Bad", Type: "Fail", Arguments: { ErrorMessage: "bad" } }],
    });
  });

  it("throws an error that lists the outputs or property files when an unknown one is read", () => {
    // JavaScript code could do this, because it is not compiled.
    const wrong = produce as unknown as { outputs: Record<string, unknown>; propertyFiles: Record<string, unknown> };
    assert.throws(
      () => wrong.outputs["raport"],
      /^Error: step Produce, outputs: raport does not exist; use one of: report$/,
    );
    assert.throws(
      () => wrong.propertyFiles["Number"],
      /step Produce, property files: Number does not exist; .* Numbers$/,
    );
    assert.deepEqual(Object.keys(produce.outputs), ["report"]);
  });

  it("leaves out undefined members", () => {
    const step = trainingStep("T", {
      arguments: {
        AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
        OutputDataConfig: { S3OutputPath: "s3://b/p" },
        ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 30 },
        StoppingCondition: { MaxRuntimeInSeconds: 60 },
        RoleArn: roleArn,
        HyperParameters: undefined,
      },
    });
    assert.equal("HyperParameters" in (rendered(step)?.Arguments ?? {}), false);
  });
});
