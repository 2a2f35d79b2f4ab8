import { output, scriptStep } from "../definitions.ts";
import { bucket, role } from "../local-aws.ts";

/** Steps that fail, each with a title and the failure reason that SageMaker gives. */
export const failureReasons: readonly [string, object, RegExp][] = [
  [
    "a type that does not run locally",
    { Name: "S", Type: "Callback", Arguments: {}, SqsQueueUrl: "https://queue", OutputParameters: [] },
    /type Callback does not run locally/,
  ],
  [
    "a program of an unknown image that is no Python",
    {
      ...scriptStep({ name: "S", code: "s3://b/x" }),
      Arguments: {
        ...scriptStep({ name: "S", code: "s3://b/x" }).Arguments,
        AppSpecification: {
          ImageUri: "111122223333.dkr.ecr.us-east-1.amazonaws.com/own:1",
          ContainerEntrypoint: ["x"],
        },
      },
    },
    /own:1 is not known here, and x is no Python: name a Python for the image/,
  ],
  [
    "a request that SageMaker would reject",
    {
      ...scriptStep({ name: "S", code: "s3://b/x" }),
      Arguments: {
        ...scriptStep({ name: "S", code: "s3://b/x" }).Arguments,
        RoleArn: { Get: "Execution.PipelineName" },
      },
    },
    /^ClientError: Failed to invoke sagemaker:CreateProcessingJob\. Error Details: \d validation errors? detected: Value 'Reason\d' at 'roleArn' failed/,
  ],
  [
    "a missing input",
    scriptStep({ name: "S", code: `s3://${bucket}/code/none.py` }),
    /No S3 objects found under S3 URL "s3:\/\/test-bucket\/code\/none\.py"/,
  ],
  [
    "a training script without its source directory",
    {
      Name: "S",
      Type: "Training",
      Arguments: {
        AlgorithmSpecification: { TrainingImage: "h/sagemaker-xgboost:3.0-5", TrainingInputMode: "File" },
        HyperParameters: { sagemaker_program: "t.py" },
        OutputDataConfig: { S3OutputPath: `s3://${bucket}/models` },
        StoppingCondition: { MaxRuntimeInSeconds: 60 },
        RoleArn: role,
      },
    },
    /the script t\.py is not in the image, which is not on this machine/,
  ],
  [
    "an output outside of /opt/ml",
    {
      ...scriptStep({ name: "S", code: "s3://b/x" }),
      PropertyFiles: [],
      Arguments: {
        ...scriptStep({ name: "S", code: "s3://b/x" }).Arguments,
        ProcessingInputs: [],
        ProcessingOutputConfig: {
          Outputs: [
            {
              OutputName: "o",
              S3Output: { S3Uri: output("S"), LocalPath: "/opt/ml/../../etc", S3UploadMode: "EndOfJob" },
            },
          ],
        },
      },
    },
    /\/opt\/ml\/\.\.\/\.\.\/etc is not below/,
  ],
];
