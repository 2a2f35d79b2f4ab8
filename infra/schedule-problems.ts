import type { PipelineConfiguration } from "./configuration/pipeline-configuration.ts";
import { hasPassed } from "./configuration/schedule-expression.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";
import type { TrainedPipeline } from "./trained-pipelines.ts";

/** Characters that EventBridge Scheduler takes as a name. */
const nameCharacters = 64;

/** What is wrong with a pipeline that is started at given times. */
function problemsOf(
  { folder, context: { pipelineName }, definition }: TrainedPipeline,
  { schedule = "", scheduleTimezone = "UTC" }: PipelineConfiguration,
  now: Date,
): readonly string[] {
  const key = `pipelines.${folder}.schedule`;
  const { length } = pipelineName;
  const without = definition.Parameters.filter(({ DefaultValue }) => DefaultValue === undefined);
  const fix = without.some(({ Name }) => Name === "InputDataUrl")
    ? `configure pipelines.${folder}.inputDataUrl`
    : "give them defaults";
  return [
    ...(hasPassed(schedule, scheduleTimezone, now)
      ? [`${key}: got ${schedule}, which has passed; give a time to come, or leave it out`]
      : []),
    ...(length > nameCharacters
      ? [
          `${key}: a schedule has its pipeline's name, and ${pipelineName} has ${length} characters, EventBridge takes ${nameCharacters}; give pipelines.${folder}.name`,
        ]
      : []),
    ...(without.length > 0
      ? [`${key}: a schedule gives no values, and ${without.map(({ Name }) => Name).join(", ")} has no default; ${fix}`]
      : []),
  ];
}

/** One line for each reason for which a scheduled pipeline cannot start by itself. */
export function scheduleProblems(
  pipelines: readonly TrainedPipeline[],
  configuration: Pick<StackConfiguration, "pipelines">,
  now: Date,
): readonly string[] {
  return pipelines.flatMap((pipeline) => {
    const own = configuration.pipelines[pipeline.folder];
    return own?.schedule === undefined ? [] : problemsOf(pipeline, own, now);
  });
}
