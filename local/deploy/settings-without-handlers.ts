/** A value of the configuration, as it is in a stack's file. */
type Value = unknown;

/** Settings for which the program registers resources, or asks AWS something, that the local deploy lacks. */
const settings: readonly (readonly [name: string, why: string, isAsked: (value: Value) => boolean])[] = [
  ["notifyFailures", "the local endpoint has no topics to tell of failures; set it to false", isGiven],
  ["jobLogRetentionDays", "the local endpoint keeps logs of jobs as long as its state; leave it out", isGiven],
  ["sagemakerPipelineRoleArn", "the local endpoint has no role but the stack's own; leave it out", isGiven],
  ["sagemakerProjectArn", "the local endpoint has no SageMaker projects; leave it out", isGiven],
  ["github", "no workflow reaches the local endpoint; leave it out", isGiven],
  ["pipelines", "the local endpoint starts nothing by itself; leave out schedule", hasSchedule],
];

function isGiven(value: Value): boolean {
  return value !== undefined && value !== null && value !== "" && value !== false && value !== "false";
}

function hasSchedule(value: Value): boolean {
  const all = typeof value === "object" && value !== null ? Object.values(value) : [];
  return all.some((one) => typeof one === "object" && one !== null && isGiven((one as { schedule?: Value }).schedule));
}

/**
 * What a stack's configuration asks for that works on AWS alone, a line each. Found before anything is made: a resource
 * without a handler would end the deploy in its middle.
 *
 * @param values the stack's, over the project's own defaults, by their full keys
 */
export function settingsWithoutHandlers(project: string, values: Readonly<Record<string, Value>>): readonly string[] {
  return settings.flatMap(([name, why, isAsked]) => {
    const key = `${project}:${name}`;
    const value = values[key];
    return isAsked(value) ? [`${key}: got ${JSON.stringify(value).slice(0, 80)}; ${why}`] : [];
  });
}
