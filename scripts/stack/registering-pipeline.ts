import { ExitError, exitCode } from "../../exit-code.ts";
import type { PipelineOutputs, StackOutputs } from "../../stack-outputs.ts";

/**
 * Finds the pipeline that registers models in a group.
 *
 * @param name the folder of the pipeline, if the user gives one
 * @returns the folder's name and its pipeline
 * @throws ExitError (2) if no pipeline of the stack does
 */
export function registeringPipeline(
  { pipelines }: StackOutputs,
  group: string,
  name: string | undefined,
): readonly [string, PipelineOutputs] {
  const found = Object.entries(pipelines).find(
    ([folder, { modelPackageGroup }]) => modelPackageGroup === group && (name === undefined || name === folder),
  );
  if (found !== undefined) return found;
  throw new ExitError(
    exitCode.usage,
    `No pipeline of this stack registers models in ${group}: give the stack of that model package group.`,
  );
}
