import type { Json, ParameterDefinition } from "../../../service-model/definition.ts";

export const account = "111122223333";
export const region = "eu-west-1";
export const context = { partition: "aws", region, account, bucketName: "artifacts" };
export const role = `arn:aws:iam::${account}:role/execution`;
export const image = `${account}.dkr.ecr.${region}.amazonaws.com/team/forecast:3`;

export type Step = readonly [
  type: string,
  args: { readonly [key: string]: Json },
  members?: { readonly [key: string]: Json },
];

export const sagemaker = `arn:aws:sagemaker:${region}:${account}`;

export const allowed: readonly (readonly [string, Step, readonly string[], (readonly ParameterDefinition[])?])[] = [
  [
    "jobs of one kind, with the names that SageMaker gives to pipelines' jobs",
    ["Transform", {}],
    [`sagemaker:CreateTransformJob ${sagemaker}:transform-job/pipelines-*`],
  ],
  [
    "jobs of one kind, with the name that the step chooses",
    [
      "Training",
      { TrainingJobName: { "Std:Join": { On: "-", Values: ["forecast", { Get: "Execution.StartDateTime" }] } } },
    ],
    [`sagemaker:StopTrainingJob ${sagemaker}:training-job/forecast-*`],
  ],
  [
    "tuning jobs",
    ["Tuning", {}],
    [`sagemaker:CreateHyperParameterTuningJob ${sagemaker}:hyper-parameter-tuning-job/pipelines-*`],
  ],
  [
    "pulling from the repository of a custom image",
    ["Training", { AlgorithmSpecification: { TrainingImage: image } }],
    [`ecr:BatchGetImage arn:aws:ecr:${region}:${account}:repository/team/forecast`],
  ],
  [
    "pulling from the repository of every image that a parameter allows",
    ["Processing", { AppSpecification: { ImageUri: { Get: "Parameters.Image" } } }],
    [
      `ecr:BatchGetImage arn:aws:ecr:${region}:${account}:repository/a`,
      `ecr:BatchGetImage arn:aws:ecr:${region}:${account}:repository/b`,
    ],
    [
      {
        Name: "Image",
        Type: "String",
        DefaultValue: image.replace("team/forecast", "a"),
        EnumValues: ["a", "b"].map((name) => image.replace("team/forecast", name)),
      },
    ],
  ],
  [
    "reading only the object that a parameter's default names, if it is in another bucket",
    ["Processing", { ProcessingInputs: [{ S3Input: { S3Uri: { Get: "Parameters.Data" } } }] }],
    [
      "s3:GetObject arn:aws:s3:::lake/crickets.csv*",
      "s3:GetObject arn:aws:s3:::artifacts/p/*",
      "s3:ListBucket arn:aws:s3:::lake",
      "s3:GetBucketLocation arn:aws:s3:::lake",
    ],
    [{ Name: "Data", Type: "String", DefaultValue: "s3://lake/crickets.csv" }],
  ],
  [
    "describing the KMS keys of a job's output and volume, without a condition",
    [
      "Training",
      {
        OutputDataConfig: { KmsKeyId: `arn:aws:kms:${region}:${account}:key/1` },
        ResourceConfig: { VolumeKmsKeyId: `arn:aws:kms:${region}:${account}:key/2` },
      },
    ],
    [
      `kms:DescribeKey arn:aws:kms:${region}:${account}:key/1`,
      `kms:DescribeKey arn:aws:kms:${region}:${account}:key/2`,
    ],
  ],
  [
    "writing below the known beginning of an output's URI",
    [
      "Training",
      {
        OutputDataConfig: {
          S3OutputPath: {
            "Std:Join": { On: "/", Values: ["s3://models/p", { Get: "Execution.PipelineExecutionId" }, "m"] },
          },
        },
      },
    ],
    ["s3:PutObject arn:aws:s3:::models/p/*"],
  ],
  [
    "registering in the model package group, with its name as given and in lower case",
    ["RegisterModel", { ModelPackageGroupName: "Forecast", ModelApprovalStatus: "PendingManualApproval" }],
    [
      `sagemaker:CreateModelPackage ${sagemaker}:model-package/Forecast/*`,
      `sagemaker:CreateModelPackage ${sagemaker}:model-package/forecast/*`,
    ],
  ],
  [
    "predicting with a registered model: writing predictions, and the logs of transform jobs",
    ["RegisterModel", { ModelPackageGroupName: "g", ModelApprovalStatus: "PendingManualApproval" }],
    [
      "s3:PutObject arn:aws:s3:::artifacts/p/executions/*",
      "s3:GetObject arn:aws:s3:::artifacts/p/*",
      `logs:CreateLogStream arn:aws:logs:${region}:${account}:log-group:/aws/sagemaker/TransformJobs:*`,
      "cloudwatch:PutMetricData *",
    ],
  ],
  [
    "invoking one function",
    ["Lambda", {}, { FunctionArn: `arn:aws:lambda:${region}:${account}:function:tell` }],
    [`lambda:InvokeFunction arn:aws:lambda:${region}:${account}:function:tell`],
  ],
  [
    "sending to one queue, given by its URL",
    ["Callback", {}, { SqsQueueUrl: `https://sqs.${region}.amazonaws.com/${account}/people` }],
    [`sqs:SendMessage arn:aws:sqs:${region}:${account}:people`],
  ],
  [
    "the steps inside of conditions and loops",
    [
      "Condition",
      {
        IfSteps: [
          {
            Name: "Loop",
            Type: "ForEach",
            Arguments: { ForEachBody: [{ Name: "Train", Type: "Training", Arguments: {} }] },
          },
        ],
        ElseSteps: [{ Name: "Model", Type: "Model", Arguments: {} }],
      },
    ],
    [
      `sagemaker:CreateTrainingJob ${sagemaker}:training-job/pipelines-*`,
      `sagemaker:CreateModel ${sagemaker}:model/pipelines-*`,
    ],
  ],
  [
    "network interfaces in the jobs' subnets",
    ["Training", { VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] } }],
    [
      `ec2:CreateNetworkInterface arn:aws:ec2:${region}:*:subnet/subnet-1`,
      `ec2:CreateNetworkInterface arn:aws:ec2:${region}:*:security-group/sg-1`,
      `ec2:DeleteNetworkInterface arn:aws:ec2:${region}:${account}:network-interface/*`,
    ],
  ],
  ["passing only the job's own role", ["Training", { RoleArn: role }], [`iam:PassRole ${role}`]],
];

export const hostile: readonly (readonly [string, Step])[] = [
  ["a pattern of functions", ["Lambda", {}, { FunctionArn: `arn:aws:lambda:${region}:${account}:function:*` }]],
  ["a function from another step's output", ["Lambda", {}, { FunctionArn: { Get: "Steps.S.OutputParameters['f']" } }]],
  ["a pattern of queues", ["Callback", {}, { SqsQueueUrl: `https://sqs.${region}.amazonaws.com/${account}/????` }]],
  [
    "a pattern of model package groups",
    ["RegisterModel", { ModelPackageGroupName: "*", ModelApprovalStatus: "PendingManualApproval" }],
  ],
  ["a pattern of roles", ["Training", { RoleArn: `arn:aws:iam::${account}:role/?????` }]],
  [
    "a role with a policy variable in its name",
    ["Training", { RoleArn: `arn:aws:iam::${account}:role/\${aws:PrincipalTag/x}` }],
  ],
  ["another account's role", ["Training", { RoleArn: "arn:aws:iam::999999999999:role/admin" }]],
  [
    "passing a role that is only a value of an environment variable or hyperparameter",
    ["Training", { Environment: { RoleArn: role }, HyperParameters: { ExecutionRoleArn: role } }],
  ],
  ["pulling an image that is only a value of an environment variable", ["Training", { Environment: { Image: image } }]],
  [
    "a KMS key that is only a value of an environment variable",
    ["Training", { Environment: { KmsKeyId: `arn:aws:kms:${region}:${account}:key/1` } }],
  ],
  ["a pattern of KMS keys", ["Training", { OutputDataConfig: { KmsKeyId: "arn:aws:kms:*:111122223333:key/*" } }]],
  ["a pattern of subnets", ["Training", { VpcConfig: { Subnets: ["subnet-*"], SecurityGroupIds: ["sg-?"] } }]],
  [
    "a pattern of images",
    ["Training", { AlgorithmSpecification: { TrainingImage: `${account}.dkr.ecr.${region}.amazonaws.com/????` } }],
  ],
  ["a pattern of buckets", ["Processing", { ProcessingInputs: [{ S3Input: { S3Uri: "s3://????/x" } }] }]],
  [
    "a bucket with a policy variable in its name",
    ["Processing", { ProcessingInputs: [{ S3Input: { S3Uri: `s3://\${aws:PrincipalAccount}/x` } }] }],
  ],
  [
    "writing to an S3 URI that is only a value of an environment variable",
    ["Training", { Environment: { OUTPUT: "s3://prod/models" } }],
  ],
];

export const refused: readonly (readonly [string, Step, RegExp])[] = [
  [
    "an image that is known only during an execution",
    ["Training", { AlgorithmSpecification: { TrainingImage: { Get: "Parameters.Image" } } }],
    /^pipeline p, step Step0, AlgorithmSpecification\.TrainingImage: the image is known only during an execution, .*; give a URI, or a parameter with a default$/,
  ],
  [
    "an output in a bucket that is known only during an execution",
    ["Training", { OutputDataConfig: { S3OutputPath: { Get: "Parameters.Place" } } }],
    /^pipeline p, step Step0, OutputDataConfig\.S3OutputPath: the bucket is known only during an execution, .*; begin the URI with s3:\/\/BUCKET\/PREFIX$/,
  ],
  [
    "a function that is known only during an execution",
    ["Lambda", {}, { FunctionArn: { Get: "Parameters.Function" } }],
    /^pipeline p, step Step0: its function or queue is known only during an execution; configure sagemakerPipelineRoleArn/,
  ],
  [
    "a step of an unsupported type",
    ["EMR", {}],
    /^pipeline p, step Step0: the permissions of steps of type EMR are unknown; configure sagemakerPipelineRoleArn/,
  ],
];
