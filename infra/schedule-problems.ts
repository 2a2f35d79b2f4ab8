import type { PipelineConfiguration } from "./configuration/pipeline-configuration.ts";
import { hasPassed } from "./configuration/schedule-expression.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";
import { scheduleParameters } from "./schedule-parameters.ts";
import type { TrainedPipeline } from "./trained-pipelines.ts";

/** The most characters that EventBridge Scheduler accepts in a name. */
const nameCharacters = 64;

/** Returns one line for each reason why a scheduled pipeline cannot start. */
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
      ? [`${key}: got ${schedule}, which is in the past; give a time in the future, or leave it out`]
      : []),
    ...(length > nameCharacters
      ? [
          `${key}: the schedule gets its pipeline's name, but ${pipelineName} has ${length} characters and EventBridge accepts ${nameCharacters}; give a shorter pipelines.${folder}.name`,
        ]
      : []),
    ...(without.length === 0 && scheduleParameters(definition.Parameters).length === 0
      ? [
          `${key}: EventBridge needs a parameter to send, but the pipeline has none whose default has 1 to 1024 characters; add such a parameter`,
        ]
      : []),
    ...(without.length > 0
      ? [
          `${key}: a schedule sets no parameters, but ${without.map(({ Name }) => Name).join(", ")} has no default; ${fix}`,
        ]
      : []),
  ];
}

/** Returns one line for each reason why one of the scheduled pipelines cannot start. */
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
