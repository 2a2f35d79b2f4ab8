/** A configuration value, as parsed from the stack's file. */
type Value = unknown;

/** Settings that need resources or calls of AWS that the local deploy does not support. */
const settings: readonly (readonly [name: string, why: string, isAsked: (value: Value) => boolean])[] = [
  ["notifyFailures", "the local endpoint cannot send notifications; set it to false", isGiven],
  ["jobLogRetentionDays", "the local endpoint keeps job logs until its state is deleted; leave it out", isGiven],
  ["sagemakerPipelineRoleArn", "the local endpoint has only the stack's own role; leave it out", isGiven],
  ["sagemakerProjectArn", "the local endpoint has no SageMaker projects; leave it out", isGiven],
  ["github", "GitHub workflows cannot reach the local endpoint; leave it out", isGiven],
  ["pipelines", "the local endpoint does not start executions on a schedule; leave out schedule", hasSchedule],
];

function isGiven(value: Value): boolean {
  return value !== undefined && value !== null && value !== "" && value !== false && value !== "false";
}

function hasSchedule(value: Value): boolean {
  const all = typeof value === "object" && value !== null ? Object.values(value) : [];
  return all.some((one) => typeof one === "object" && one !== null && isGiven((one as { schedule?: Value }).schedule));
}

/**
 * Returns a line for each configuration value that works only on AWS. The local deploy checks this first, because a resource
 * without a handler would fail in the middle of the deploy.
 *
 * @param values the stack's configuration by full key, including the project's defaults
 */
export function settingsWithoutHandlers(project: string, values: Readonly<Record<string, Value>>): readonly string[] {
  return settings.flatMap(([name, why, isAsked]) => {
    const key = `${project}:${name}`;
    const value = values[key];
    return isAsked(value) ? [`${key}: got ${JSON.stringify(value).slice(0, 80)}; ${why}`] : [];
  });
}
