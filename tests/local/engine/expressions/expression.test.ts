import assert from "node:assert/strict";
import { type ExpressionScope, evaluate } from "../../../../local/engine/expressions/expression.ts";
import type { Json } from "../../../../service-model/definition.ts";

const variables: { readonly [name: string]: Json } = { PipelineName: "Crickets", PipelineExecutionId: "abc123def456" };
const files = { Proc: [{ PropertyFileName: "Report", OutputName: "report", FilePath: "r.json" }] };
const steps: { readonly [name: string]: Json } = {
  Proc: {
    ProcessingOutputConfig: {
      Outputs: [
        { OutputName: "train", S3Output: { S3Uri: "s3://b/train" } },
        { OutputName: "report", S3Output: { S3Uri: "s3://b/report" } },
      ],
    },
    Environment: { "KEY.with-dots": "v" },
  },
  Train: { FinalMetricDataList: [{ MetricName: "validation:rmse", Value: 2.5 }] },
};
const scope: ExpressionScope = {
  parameters: { Text: "p", Count: 3, Flag: true, Zero: 0, Empty: "" },
  execution: (name) => variables[name],
  step: (name) => steps[name],
  propertyFiles: (step) => (step === "Proc" ? files.Proc : []),
  readObject: async (uri) => {
    if (uri === "s3://b/report/r.json") return '{"a":{"b":[{"c":1.5}],"d.e":"x"},"none":null}';
    if (uri === "s3://b/report/broken.json") return "{";
    throw new Error(`${uri} cannot be read: NoSuchKey`);
  },
};

const jsonGet = (path: string): Json => ({
  "Std:JsonGet": { PropertyFile: { Get: "Steps.Proc.PropertyFiles.Report" }, Path: path },
});

describe("evaluate", () => {
  const values: readonly [string, Json, Json][] = [
    ["a plain value", { a: [1, "x", null, true] }, { a: [1, "x", null, true] }],
    ["a parameter with its type", { Get: "Parameters.Count" }, 3],
    ["parameters that are zero or empty", [{ Get: "Parameters.Zero" }, { Get: "Parameters.Empty" }], [0, ""]],
    ["an execution variable", { Get: "Execution.PipelineExecutionId" }, "abc123def456"],
    [
      "an output by its name",
      { Get: "Steps.Proc.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri" },
      "s3://b/train",
    ],
    ["an output by its index", { Get: "Steps.Proc.ProcessingOutputConfig.Outputs[1].S3Output.S3Uri" }, "s3://b/report"],
    ["an environment variable with dots in its name", { Get: "Steps.Proc.Environment['KEY.with-dots']" }, "v"],
    ["a metric by its name", { Get: "Steps.Train.FinalMetricDataList['validation:rmse'].Value" }, 2.5],
    [
      "Std:Join with nested joins, numbers and booleans",
      { "Std:Join": { On: "/", Values: ["s3:/", { "Std:Join": { On: "-", Values: ["x", 3, 2.5, true] } }] } },
      "s3://x-3-2.5-true",
    ],
    ["a value in a property file", jsonGet("a.b[0].c"), 1.5],
    ["a key in brackets in a property file", jsonGet("a['d.e']"), "x"],
    ["null in a property file", jsonGet("none"), null],
    ["a value in an S3 object", { "Std:JsonGet": { S3Uri: "s3://b/report/r.json", Path: "a.b[0].c" } }, 1.5],
  ];
  for (const [title, given, expected] of values) {
    it(`evaluates ${title}`, async () => assert.deepEqual(await evaluate(given, scope), expected));
  }

  const errors: readonly [string, Json, RegExp][] = [
    ["an unknown parameter", { Get: "Parameters.No" }, /Parameters\.No has no value/],
    ["a step that has not succeeded", { Get: "Steps.Later.X" }, /Steps\.Later\.X has no value/],
    ["a name of an object's method", { Get: "Steps.Proc.constructor" }, /has no value/],
    [
      "an unknown property file",
      { "Std:JsonGet": { PropertyFile: { Get: "Steps.Proc.PropertyFiles.No" }, Path: "a" } },
      /no property file/,
    ],
    ["a missing path", jsonGet("a.z"), /s3:\/\/b\/report\/r\.json has no value at a\.z/],
    ["an object that is not JSON", { "Std:JsonGet": { S3Uri: "s3://b/report/broken.json", Path: "a" } }, /is not JSON/],
    ["a missing object", { "Std:JsonGet": { S3Uri: "s3://b/no", Path: "a" } }, /NoSuchKey/],
  ];
  for (const [title, given, message] of errors) {
    it(`rejects ${title}`, () => assert.rejects(evaluate(given, scope), message));
  }
});
