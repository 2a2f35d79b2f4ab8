import type { PipelineContext } from "../pipelines/training-pipeline.ts";
import type { StackConfiguration } from "./stack-configuration.ts";
import type { StackNames } from "./stack-names.ts";

/** What a pipeline folder is given by a stack: its names, and the pipeline's own configuration on top. */
export function pipelineContext(name: string, names: StackNames, configuration: StackConfiguration): PipelineContext {
  const { maxParallelExecutionSteps: _, ...rest } = configuration.pipelines[name] ?? {};
  const own = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(own),
    region: configuration.region,
    bucket: names.bucket,
    prefix: name,
    roleArn: names.roleArn,
    pipelineName: names.pipeline(name),
    modelPackageGroupName: names.modelPackageGroup(name),
  };
}
