import { defined } from "../../service-model/defined.ts";
import type { ClarifyCheckStep, QualityCheckStep } from "./check-steps.ts";
import { dependency } from "./dependency.ts";
import type { JobStep } from "./step.ts";
import { type TransformArguments, type TransformStep, transformStep } from "./transform-step.ts";

/** The batch transform job, its check, and their order. */
export interface MonitoredTransformOptions<Check extends JobStep> {
  readonly transform: TransformArguments;
  /** Declares the check with the given name, for example as a {@link dataQualityCheckStep}. */
  readonly check: (name: string, transform: TransformStep) => Check;
  /** Whether to check the input before the transform or the predictions after it. */
  readonly when: "before" | "after";
  readonly displayName?: string;
  readonly description?: string;
}

/** The two steps, and the list of both in the order of the definition. */
export interface MonitoredTransform<Check extends JobStep> {
  readonly transform: TransformStep;
  readonly check: Check;
  readonly steps: readonly [TransformStep, Check];
}

/**
 * Declares a batch transform step and a check of its input or its predictions. The steps are named
 * `<name>-transform` and `<name>-monitoring`, as in the SageMaker Python SDK's `MonitorBatchTransformStep`.
 */
export function monitoredTransform<Check extends QualityCheckStep | ClarifyCheckStep>(
  name: string,
  { transform: request, check: makeCheck, when, displayName, description }: MonitoredTransformOptions<Check>,
): MonitoredTransform<Check> {
  const transform = transformStep(`${name}-transform`, {
    arguments: request,
    ...(displayName === undefined ? {} : { displayName: `${displayName}-transform` }),
    ...defined({ description }),
  });
  const check = makeCheck(`${name}-monitoring`, transform);
  const later = <Later extends JobStep>(step: Later, earlier: JobStep): Later =>
    Object.freeze({ ...step, dependsOn: Object.freeze([...(step.dependsOn ?? []), dependency(earlier)]) });
  const steps =
    when === "before" ? ([later(transform, check), check] as const) : ([transform, later(check, transform)] as const);
  return Object.freeze({ transform: steps[0], check: steps[1], steps });
}
