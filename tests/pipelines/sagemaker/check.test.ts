import assert from "node:assert/strict";
import {
  checkPipeline,
  failStep,
  join,
  type Pipeline,
  pipeline,
  processingStep,
  renderDefinition,
  stringParameter,
} from "../../../pipelines/sagemaker/index.ts";

const declared = stringParameter("Declared", { default: "x" });
const other = stringParameter("Other");
const job = (name: string, uri: string | ReturnType<typeof join> = "s3://b/k") =>
  processingStep(name, {
    arguments: {
      ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 } },
      AppSpecification: { ImageUri: "image" },
      RoleArn: "arn:aws:iam::123456789012:role/r",
      ProcessingInputs: [{ InputName: "in", S3Input: { S3Uri: uri, S3DataType: "S3Prefix" } }],
      ProcessingOutputConfig: {
        Outputs: [{ OutputName: "out", S3Output: { S3Uri: "s3://b/o", LocalPath: "/o", S3UploadMode: "EndOfJob" } }],
      },
    },
    outputs: ["out"],
  });

const first = job("First");
const circleA = job("A", join("", [job("B").outputs.out]));
const circleB = job("B", join("", [circleA.outputs.out]));

const cases: readonly (readonly [string, Pipeline, readonly [string, RegExp][]])[] = [
  ["nothing", pipeline("P", { parameters: [declared], steps: [first] }), []],
  [
    "a parameter that is not declared, with the path to its use",
    pipeline("P", { steps: [failStep("F", { errorMessage: join("", [other]) })] }),
    [["Steps.F.Arguments.ErrorMessage.Values[0]", /parameter Other.*not declare/]],
  ],
  [
    "two parameters of one name",
    pipeline("P", { parameters: [declared, stringParameter("Declared")], steps: [] }),
    [["Parameters.Declared", /used 2 times/]],
  ],
  [
    "two steps of one name",
    pipeline("P", { steps: [first, failStep("First", { errorMessage: "x" })] }),
    [["Steps.First", /used 2 times/]],
  ],
  [
    "a step that is not part of the pipeline",
    pipeline("P", { steps: [job("Second", join("", [first.outputs.out]))] }),
    [["Steps.Second.Arguments.ProcessingInputs[0].S3Input.S3Uri.Values[0]", /step First.*not in the pipeline/]],
  ],
  [
    "a default outside the enumeration",
    pipeline("P", { parameters: [stringParameter("E", { default: "c", enum: ["a", "b"] as string[] })], steps: [] }),
    [["Parameters.E.DefaultValue", /is "c", which is not one of "a", "b"/]],
  ],
  ["a circle", pipeline("P", { steps: [circleA, circleB] }), [["Steps.A", /waits for itself, by A <- B <- A/]]],
];

describe("checking a pipeline", () => {
  for (const [what, subject, expected] of cases)
    it(`finds ${what}`, () => {
      const problems = checkPipeline(subject);
      assert.deepEqual(
        problems.map(({ path }) => path),
        expected.map(([path]) => path),
      );
      for (const [index, [, message]] of expected.entries()) assert.match(problems[index]?.message ?? "", message);
    });

  it("refuses to render a pipeline with problems, and names all of them", () => {
    const subject = pipeline("P", {
      parameters: [declared, stringParameter("Declared")],
      steps: [failStep("F", { errorMessage: other })],
    });
    assert.throws(
      () => renderDefinition(subject),
      /2 problems:\n.*Parameters\.Declared.*\n.*F\.Arguments\.ErrorMessage/,
    );
  });
});
