import { checkPipeline, definitionBody } from "#language";
import { loadPipeline } from "../pipelines/catalog.ts";
import { thrownError } from "../pipelines/thrown.ts";
import type { PipelineContext, TrainingPipeline } from "../pipelines/training-pipeline.ts";
import type { PipelineDefinition } from "../service-model/definition.ts";
import { approvalProblems } from "./approval-problems.ts";
import { unusedSettings } from "./unused-settings.ts";

/** A pipeline folder's pipeline, as the stack's context makes it. */
export interface TrainedPipeline extends TrainingPipeline {
  /** The folder's name. */
  readonly folder: string;
  readonly context: PipelineContext;
  /** As SageMaker stores it. */
  readonly definition: PipelineDefinition;
}

/** Characters that SageMaker takes as the name of a group of models. */
const groupNameCharacters = 63;

function problemsOf({ pipeline, context, definition }: TrainedPipeline): readonly string[] {
  const { modelPackageGroupName: group, pipelineName } = context;
  return [
    // Outputs, role, rule and schedule are made for the name that the stack gives.
    ...(pipeline.name === pipelineName
      ? []
      : [
          `the name is ${JSON.stringify(pipeline.name)}, and the stack gives ${pipelineName}; write pipeline(context.pipelineName, ...)`,
        ]),
    ...checkPipeline(pipeline).map(({ path, message }) => `${path}: ${message.replace(/\s*\n\s*/g, "; ")}`),
    ...approvalProblems(definition),
    ...(group.length <= groupNameCharacters
      ? []
      : [
          `the name ${group} has ${group.length} characters, a group of models takes ${groupNameCharacters}; use a shorter folder or stack name, or give pipelines.NAME.name`,
        ]),
  ];
}

/**
 * Makes the pipelines of the folders, and finds what is wrong with them, a line each: so that nothing is created where
 * one of them cannot be.
 */
export async function trainedPipelines(
  folders: readonly string[],
  contextOf: (folder: string) => PipelineContext,
): Promise<{ readonly pipelines: readonly TrainedPipeline[]; readonly problems: readonly string[] }> {
  const pipelines: TrainedPipeline[] = [];
  const problems: string[] = [];
  for (const folder of folders) {
    const context = contextOf(folder);
    try {
      const getPipeline = await loadPipeline(folder);
      const made = getPipeline(context);
      const trained = { ...made, folder, context, definition: JSON.parse(definitionBody(made.pipeline)) };
      pipelines.push(trained);
      problems.push(...problemsOf(trained).map((line) => `pipeline ${folder}, ${line}`));
      problems.push(...unusedSettings(folder, getPipeline, context, made));
    } catch (error) {
      problems.push(`pipeline ${folder}: ${thrownError(error).message.replace(/\s*\n\s*/g, "; ")}`);
    }
  }
  return { pipelines, problems };
}
