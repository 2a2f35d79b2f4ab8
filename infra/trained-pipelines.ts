import { checkPipeline, definitionBody } from "#language";
import { loadPipeline } from "../pipelines/catalog.ts";
import { thrownError } from "../pipelines/thrown-error.ts";
import type { DeclaredPipeline, PipelineContext } from "../pipelines/training-pipeline.ts";
import type { PipelineDefinition } from "../service-model/definition.ts";
import { definitionSteps } from "../service-model/step-graph.ts";
import { approvalProblems } from "./approval-problems.ts";
import { unusedSettings } from "./unused-settings.ts";

/** The pipeline that a pipeline folder returns for the stack's context. */
export interface TrainedPipeline extends DeclaredPipeline {
  /** The folder's name. */
  readonly folder: string;
  readonly context: PipelineContext;
  /** The definition that SageMaker stores. */
  readonly definition: PipelineDefinition;
  /** Whether the stack creates or adopts the model package group of its context. */
  readonly registersModels: boolean;
}

/** The most characters that SageMaker accepts in the name of a model package group. */
const groupNameCharacters = 63;

/** Joins the lines of a message, such as a heading that ends with a colon and the problems below it. */
function oneLine(message: string): string {
  return message.replace(/:\s*\n\s*/g, ": ").replace(/\s*\n\s*/g, "; ");
}

function problemsOf({ pipeline, context, definition, registersModels }: TrainedPipeline): readonly string[] {
  const { modelPackageGroupName: group, pipelineName } = context;
  return [
    // The outputs, the role, the rule and the schedule use the name that the stack chose.
    ...(pipeline.name === pipelineName
      ? []
      : [
          `the name is ${JSON.stringify(pipeline.name)}, but the stack chose ${pipelineName}; write pipeline(context.pipelineName, ...)`,
        ]),
    ...checkPipeline(pipeline).map(({ path, message }) => `${path}: ${oneLine(message)}`),
    ...approvalProblems(definition),
    ...(!registersModels || group.length <= groupNameCharacters
      ? []
      : [
          `the name ${group} has ${group.length} characters, but a model package group's name has at most ${groupNameCharacters}; use a shorter folder or stack name, or give pipelines.NAME.name`,
        ]),
  ];
}

/**
 * Builds the pipelines of the folders, and returns one line for each of their mistakes. Deploys stop on these lines before any
 * resource is created.
 */
export async function trainedPipelines(
  folders: readonly string[],
  contextOf: (folder: string) => PipelineContext,
): Promise<{ readonly pipelines: readonly TrainedPipeline[]; readonly problems: readonly string[] }> {
  const pipelines: TrainedPipeline[] = [];
  const problems: string[] = [];
  if (folders.length === 0)
    problems.push(
      "pipelines/: no folder has a pipeline.ts, so the stack would have no pipeline; add one, or remove the stack with: npm run destroy-dev-stack, or pulumi destroy",
    );
  for (const folder of folders) {
    const context = contextOf(folder);
    try {
      const getPipeline = await loadPipeline(folder);
      const made = getPipeline(context);
      const definition = JSON.parse(definitionBody(made.pipeline)) as PipelineDefinition;
      const registersModels =
        made.gate !== undefined || definitionSteps(definition).some(({ Type }) => Type === "RegisterModel");
      const trained = { ...made, folder, context, definition, registersModels };
      pipelines.push(trained);
      problems.push(...problemsOf(trained).map((line) => `pipeline ${folder}, ${line}`));
      problems.push(...unusedSettings(folder, getPipeline, context, made));
    } catch (error) {
      problems.push(`pipeline ${folder}: ${oneLine(thrownError(error).message)}`);
    }
  }
  return { pipelines, problems };
}
