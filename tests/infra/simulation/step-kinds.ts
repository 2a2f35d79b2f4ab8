import type { UsedByJobs } from "../../../local/iam/service-calls.ts";
import type { Json } from "../../../service-model/definition.ts";
import type { JobKindName } from "../../../service-model/job-kinds.ts";
import type { Call } from "./simulate.ts";

const account = "111122223333";
const region = "eu-central-1";
const bucket = "artifacts";
export const role = `arn:aws:iam::${account}:role/execution`;
export const place = { partition: "aws", region, account, bucketName: bucket };

const key = (name: string) => `arn:aws:kms:${region}:${account}:key/${name}`;
const image = `${account}.dkr.ecr.${region}.amazonaws.com/team/forecast:3`;
const vpc = { Subnets: ["subnet-0a0a0a0a"], SecurityGroupIds: ["sg-0a0a0a0a"] };
const data = { DataSource: { S3DataSource: { S3Uri: `s3://${bucket}/p/data` } } };
const output = `s3://${bucket}/p/executions/x`;

/** The resources that a job of each kind uses if it sets every option. */
export function used(kinds: readonly JobKindName[]): UsedByJobs {
  return {
    ...{ account, region, kinds, bucket, prefix: "p", repositories: [`${account}:repository/team/forecast`] },
    ...{ keys: { objects: key("objects"), volumes: key("volumes") } },
    ...{ subnets: vpc.Subnets, securityGroups: vpc.SecurityGroupIds },
  };
}

/** Returns the calls of a pipeline to create a step's resource and to follow it, or other calls on it. */
function made(kind: string, resource: string, verbs: readonly string[] = ["Create", "Describe"]): readonly Call[] {
  const what = `arn:aws:sagemaker:${region}:${account}:${resource}/pipelines-abc123def456-step`;
  return [...verbs.map((verb): Call => [`sagemaker:${verb}${kind}`, what]), ["sagemaker:AddTags", what]];
}

const passed: Call = ["iam:PassRole", role, { "iam:PassedToService": "sagemaker.amazonaws.com" }];
const read: readonly Call[] = [["s3:GetObject", `arn:aws:s3:::${bucket}/p/data/a.csv`]];
const listed: Call = ["s3:ListBucket", `arn:aws:s3:::${bucket}`, { "s3:prefix": "p/data" }];
const moved: readonly Call[] = [...read, listed, ["s3:PutObject", `arn:aws:s3:::${bucket}/p/executions/x/a`]];

const training = {
  AlgorithmSpecification: { TrainingImage: image },
  ...{ InputDataConfig: [data], OutputDataConfig: { S3OutputPath: output, KmsKeyId: key("objects") } },
  ...{ ResourceConfig: { VolumeKmsKeyId: key("volumes") }, RoleArn: role, VpcConfig: vpc },
};
const model: Step = [
  "Model",
  {
    PrimaryContainer: { Image: image, ModelDataUrl: `s3://${bucket}/p/data/model.tar.gz` },
    ...{ ExecutionRoleArn: role, VpcConfig: vpc },
  },
];

export type Step = readonly [type: string, args: { readonly [name: string]: Json }];

/** Steps of a pipeline, and the calls of the pipeline and its jobs, without those that AWS makes itself. */
export interface StepKind {
  readonly steps: readonly Step[];
  /** The kinds of jobs and models that get the role. */
  readonly kinds: readonly JobKindName[];
  readonly calls: readonly Call[];
  /** Whether these calls need every part of the policy. */
  readonly exact: boolean;
}

/**
 * The calls of pipelines, by kind of step.
 * Sources: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html (creating and describing jobs),
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html (the resource of each action)
 */
export const stepKinds: Readonly<Record<string, StepKind>> = {
  Processing: {
    steps: [
      [
        "Processing",
        {
          AppSpecification: { ImageUri: image },
          ProcessingInputs: [{ S3Input: { S3Uri: `s3://${bucket}/p/data` } }],
          ProcessingOutputConfig: { Outputs: [{ S3Output: { S3Uri: output } }], KmsKeyId: key("objects") },
          ProcessingResources: { ClusterConfig: { VolumeKmsKeyId: key("volumes") } },
          ...{ NetworkConfig: { VpcConfig: vpc }, RoleArn: role },
        },
      ],
    ],
    kinds: ["ProcessingJob"],
    calls: [...made("ProcessingJob", "processing-job"), passed, ...moved],
    exact: true,
  },
  Training: {
    steps: [["Training", training]],
    kinds: ["TrainingJob"],
    calls: [...made("TrainingJob", "training-job"), passed, ...moved],
    exact: true,
  },
  Tuning: {
    steps: [["Tuning", { TrainingJobDefinition: training }]],
    kinds: ["HyperParameterTuningJob"],
    calls: [...made("HyperParameterTuningJob", "hyper-parameter-tuning-job"), passed, ...moved],
    exact: true,
  },
  "Model and Transform": {
    steps: [
      model,
      [
        "Transform",
        {
          ...{ ModelName: "m", TransformInput: data, TransformResources: { VolumeKmsKeyId: key("volumes") } },
          TransformOutput: { S3OutputPath: output, KmsKeyId: key("objects") },
        },
      ],
    ],
    kinds: ["TransformJob"],
    calls: [...made("Model", "model"), ...made("TransformJob", "transform-job"), passed, ...moved],
    exact: true,
  },
  "Model and Endpoint": {
    steps: [
      model,
      ["EndpointConfig", { ProductionVariants: [{ ModelName: "m", VariantName: "v" }] }],
      ["Endpoint", { EndpointConfigName: { Get: "Steps.Step1.EndpointConfigName" } }],
    ],
    kinds: ["Endpoint"],
    calls: [
      ...[...made("Model", "model"), ...made("EndpointConfig", "endpoint-config"), passed, ...read],
      ...made("Endpoint", "endpoint", ["Create", "Describe", "Update"]),
      // IAM checks the endpoint configuration as well as the endpoint.
      ...made("Endpoint", "endpoint-config", ["Create", "Update"]),
    ],
    exact: false,
  },
};
