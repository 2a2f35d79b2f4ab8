import { defined } from "../../service-model/defined.ts";
import type { Value } from "../expressions/expression.ts";
import { jobStepData } from "./job-step.ts";
import type { Dependency, JobStep } from "./step.ts";
import type { StepOptions } from "./step-options.ts";

/** A step whose S3 objects are deleted: the named ones, or for a training step everything that it wrote. */
export interface CleanupSource {
  readonly step: JobStep;
  /** The S3 URIs to delete, all below an output of a processing or transform step. */
  readonly s3Uris?: readonly [Value<string>, ...Value<string>[]];
}

/** The steps whose S3 objects are deleted. */
export interface CleanupStepOptions extends StepOptions {
  readonly sources: readonly [CleanupSource, ...CleanupSource[]];
}

/** A Cleanup step. It has no properties or outputs. */
export interface CleanupStep extends JobStep {
  readonly type: "Cleanup";
}

/**
 * Declares a step that deletes S3 objects of earlier steps after these steps succeeded. With
 * `dependsOn: [outcome(step, "Any")]` it also runs after a failure. The execution role needs `s3:DeleteObject`.
 * Source: `CleanupStep` of the SageMaker Python SDK 3
 */
export function cleanupStep(name: string, { sources, dependsOn = [], ...options }: CleanupStepOptions): CleanupStep {
  const named = new Set(
    dependsOn.map((each: JobStep | Dependency | (typeof dependsOn)[number]) =>
      "step" in each ? each.step : each.name,
    ),
  );
  const missing = sources.map(({ step }) => step).filter((step) => !named.has(step.name));
  const request = {
    Resources: {
      S3: sources.map(({ step, s3Uris }) => ({
        StepName: step.name,
        ...defined({ S3Uris: s3Uris }),
      })),
    },
  };
  const { properties: _, ...data } = jobStepData(
    "Cleanup",
    name,
    { arguments: request },
    { ...options, dependsOn: [...dependsOn, ...new Set(missing)] },
  );
  return Object.freeze(data);
}
