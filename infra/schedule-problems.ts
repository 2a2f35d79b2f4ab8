import type { StackConfiguration } from "./configuration/stack-configuration.ts";
import type { TrainedPipeline } from "./trained-pipelines.ts";

/** Characters that EventBridge Scheduler takes as a name. */
const nameCharacters = 64;

/** One line for each scheduled pipeline that cannot start without somebody who gives a parameter its value. */
export function scheduleProblems(
  pipelines: readonly TrainedPipeline[],
  configuration: Pick<StackConfiguration, "pipelines">,
): readonly string[] {
  return pipelines.flatMap(({ folder, context, definition }) => {
    const without = definition.Parameters.filter(({ DefaultValue }) => DefaultValue === undefined);
    if (configuration.pipelines[folder]?.schedule === undefined) return [];
    const { length } = context.pipelineName;
    if (length > nameCharacters)
      return [
        `pipelines.${folder}.schedule: a schedule has its pipeline's name, and ${context.pipelineName} has ${length} characters, EventBridge takes ${nameCharacters}; give pipelines.${folder}.name`,
      ];
    if (without.length === 0) return [];
    const names = without.map(({ Name }) => Name).join(", ");
    const fix = without.some(({ Name }) => Name === "InputDataUrl")
      ? `configure pipelines.${folder}.inputDataUrl`
      : "give them defaults";
    return [`pipelines.${folder}.schedule: a schedule gives no values, and ${names} has no default; ${fix}`];
  });
}
