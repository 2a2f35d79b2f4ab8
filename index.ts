import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity.js";
import * as pulumi from "@pulumi/pulumi";
import { ArtifactBucket } from "./infra/artifact-bucket.ts";
import { DeployedPipeline } from "./infra/deployed-pipeline.ts";
import { ExecutionRole } from "./infra/execution-role.ts";
import { pipelineContext } from "./infra/pipeline-context.ts";
import { accountProblems, ConfigurationProblems, readStackConfiguration } from "./infra/stack-configuration.ts";
import { stackNames } from "./infra/stack-names.ts";
import { trainedPipelines } from "./infra/trained-pipelines.ts";
import { pipelineNames } from "./pipelines/catalog.ts";
import { gateByNames } from "./pipelines/training-pipeline.ts";
import { stackOutputsVersion } from "./stack-outputs.ts";

const configuration = readStackConfiguration(pipelineNames());
const { accountId } = await getCallerIdentity();
const names = stackNames(pulumi.getStack(), accountId, configuration.region);
const trained = await trainedPipelines(pipelineNames(), (name) => pipelineContext(name, names, configuration));
const problems = [...accountProblems(configuration, accountId), ...trained.problems];
if (problems.length > 0) throw new ConfigurationProblems(problems);

const bucket = new ArtifactBucket("artifacts", {
  bucketName: names.bucket,
  bucketArn: names.bucketArn,
  forceDestroy: configuration.forceDestroy,
  kmsKeyArn: configuration.kmsKeyArn,
  accessLogBucket: configuration.accessLogBucket,
});

const role = new ExecutionRole("execution", {
  partition: names.partition,
  account: accountId,
  region: configuration.region,
  roleName: names.role,
  roleArn: names.roleArn,
  bucketName: names.bucket,
  modelPackageGroups: pipelineNames().map(names.modelPackageGroup),
  kmsKeyArn: configuration.kmsKeyArn,
});

const deployed = trained.pipelines.map(({ folder, pipeline, context, gate }) => {
  const made = new DeployedPipeline(
    folder,
    {
      ...{ pipeline, context },
      maxParallelExecutionSteps: configuration.pipelines[folder]?.maxParallelExecutionSteps,
      protectModels: !configuration.forceDestroy,
    },
    { dependsOn: [bucket, role] },
  );
  const outputs = {
    name: made.name,
    arn: names.pipelineArn(folder),
    modelPackageGroup: made.modelPackageGroupName,
    prefix: context.prefix,
    gate: gateByNames(gate),
  };
  return [folder, outputs] as const;
});

// The outputs are what scripts know of a stack; `stack-outputs.ts` has their schema.
export const version = stackOutputsVersion;
export const account = accountId;
export const region = configuration.region;
export const artifactBucket = bucket.bucketName;
export const roleArn = role.arn;
export const approveModels = configuration.approveModels;
export const inconclusive = configuration.inconclusive;
export const pipelines = Object.fromEntries(deployed);
