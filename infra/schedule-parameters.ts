import type { ParameterDefinition } from "../service-model/definition.ts";

/** A parameter as EventBridge Scheduler sends it to SageMaker. */
export interface ScheduleParameter {
  readonly name: string;
  readonly value: string;
}

/** The most characters that Scheduler accepts in a parameter's value. It accepts no empty one. */
const valueCharacters = 1024;

/**
 * Returns the parameters that a schedule sends: one, with its own default, or none if no default has 1 to 1024 characters.
 * Scheduler rejects a SageMaker target without parameters, and the `aws` provider leaves out an empty list of them.
 * Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_SageMakerPipelineParameter.html and
 * https://github.com/hashicorp/terraform-provider-aws/issues/33526
 */
export function scheduleParameters(parameters: readonly ParameterDefinition[]): readonly ScheduleParameter[] {
  const all = parameters.map(({ Name, DefaultValue = "" }) => ({ name: Name, value: String(DefaultValue) }));
  return all.filter(({ value: { length } }) => length > 0 && length <= valueCharacters).slice(0, 1);
}
