/** Builds, checks and renders a chain of processing steps, and prints the seconds. The argument is their number. */
import { definitionText, type Expression, pipeline, processingStep, renderDefinition } from "#language";

function step(name: string, source: string | Expression<string>) {
  return processingStep(name, {
    arguments: {
      ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 30 } },
      AppSpecification: { ImageUri: "111122223333.dkr.ecr.us-east-1.amazonaws.com/custom:1" },
      RoleArn: "arn:aws:iam::111122223333:role/training-execution",
      ProcessingInputs: [
        {
          InputName: "in",
          AppManaged: false,
          S3Input: {
            S3Uri: source,
            LocalPath: "/opt/ml/processing/input/in",
            S3DataType: "S3Prefix",
            S3InputMode: "File",
            S3DataDistributionType: "FullyReplicated",
            S3CompressionType: "None",
          },
        },
      ],
      ProcessingOutputConfig: {
        Outputs: [
          {
            OutputName: "out",
            AppManaged: false,
            S3Output: {
              S3Uri: `s3://bucket/out/${name}`,
              LocalPath: "/opt/ml/processing/out",
              S3UploadMode: "EndOfJob",
            },
          },
        ],
      },
    },
    outputs: ["out"],
  });
}

const count = Number(process.argv[2]);
const began = performance.now();
const steps = [step("Step0", "s3://bucket/in")];
for (let number = 1; number < count; number += 1)
  steps.push(step(`Step${number}`, steps[number - 1]?.outputs.out ?? ""));
// The check of the definition's length is left out, because SageMaker does not accept a definition of this size.
const text = definitionText(renderDefinition(pipeline("many", { steps, quotas: { steps: count } })));
console.log((performance.now() - began) / 1000, text.length);
