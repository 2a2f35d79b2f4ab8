import { defined } from "../../service-model/defined.ts";
import type { Value } from "../expressions/expression.ts";
import { jobStepData } from "./job-step.ts";
import type { Dependency, JobStep } from "./step.ts";
import type { StepOptions } from "./step-options.ts";

/** A step whose objects on S3 to delete: those named, or (training steps) all that it wrote. */
export interface CleanupSource {
  readonly step: JobStep;
  /** Objects below the output of a processing or transform step. */
  readonly s3Uris?: readonly [Value<string>, ...Value<string>[]];
}

/** The steps whose objects to delete. */
export interface CleanupStepOptions extends StepOptions {
  readonly sources: readonly [CleanupSource, ...CleanupSource[]];
}

/** A step without results. */
export interface CleanupStep extends JobStep {
  readonly type: "Cleanup";
}

/**
 * A step that deletes what earlier steps wrote to S3. It waits for them; `dependsOn: [outcome(step, "Any")]` cleans up
 * however they end. The execution role needs `s3:DeleteObject`.
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
