import type { PipelineContext } from "../pipelines/training-pipeline.ts";
import { defined } from "../service-model/defined.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";
import type { StackNames } from "./stack-names.ts";

/**
 * Returns the context that a stack passes to `getPipeline`: names, settings of all the stack's jobs, and the pipeline's own
 * configuration.
 */
export function pipelineContext(
  folder: string,
  names: StackNames,
  configuration: StackConfiguration,
  tags: Readonly<Record<string, string>>,
): PipelineContext {
  const { inputDataUrl, ceiling, relativeTolerance, absoluteTolerance, ...rest } =
    configuration.pipelines[folder] ?? {};
  const { image, processingInstanceType, trainingInstanceType } = rest;
  const thresholds = { ceiling, relativeTolerance, absoluteTolerance };
  const own = { inputDataUrl, ...thresholds, image, processingInstanceType, trainingInstanceType };
  const { region, kmsKeyArn, subnetIds, securityGroupIds } = configuration;
  return {
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
    region,
    bucket: names.bucket,
    prefix: names.prefix(folder),
    roleArn: names.roleArn,
    pipelineName: names.pipeline(folder),
    modelPackageGroupName: names.modelPackageGroup(folder),
    ...defined({ kmsKeyArn }),
    ...(subnetIds.length === 0 ? {} : { network: { subnets: subnetIds, securityGroupIds } }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  };
}
