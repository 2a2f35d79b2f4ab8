import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity.js";
import * as pulumi from "@pulumi/pulumi";
import { ArtifactBucket } from "./infra/artifact-bucket.ts";
import { DeployedPipeline } from "./infra/deployed-pipeline.ts";
import { ExecutionRole } from "./infra/execution-role.ts";
import { pipelineContext } from "./infra/pipeline-context.ts";
import { readStackConfiguration } from "./infra/stack-configuration.ts";
import { stackNames } from "./infra/stack-names.ts";
import { loadPipeline, pipelineNames } from "./pipelines/catalog.ts";
import { gateByNames } from "./pipelines/training-pipeline.ts";
import { stackOutputsVersion } from "./stack-outputs.ts";

const configuration = readStackConfiguration(pipelineNames());
const { accountId } = await getCallerIdentity();
if (configuration.account !== undefined && configuration.account !== accountId)
  throw new pulumi.RunError(
    `this stack belongs to account ${configuration.account}, the credentials are of ${accountId}: use the right profile`,
  );
const names = stackNames(pulumi.getStack(), accountId, configuration.region);

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

const deployed = await Promise.all(
  pipelineNames().map(async (name) => {
    const getPipeline = await loadPipeline(name);
    const context = pipelineContext(name, names, configuration);
    const pipeline = new DeployedPipeline(
      name,
      { getPipeline, context, protectModels: !configuration.forceDestroy },
      { dependsOn: [bucket, role] },
    );
    const outputs = {
      name: pipeline.name,
      arn: names.pipelineArn(name),
      modelPackageGroup: pipeline.modelPackageGroupName,
      prefix: context.prefix,
      gate: gateByNames(getPipeline(context).gate),
    };
    return [name, outputs] as const;
  }),
);

// The outputs are what scripts know of a stack; `stack-outputs.ts` has their schema.
export const version = stackOutputsVersion;
export const account = accountId;
export const region = configuration.region;
export const artifactBucket = bucket.bucketName;
export const roleArn = role.arn;
export const approveModels = configuration.approveModels;
export const inconclusive = configuration.inconclusive;
export const pipelines = Object.fromEntries(deployed);
