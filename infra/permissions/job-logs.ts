import type { PipelineDefinition } from "../../service-model/definition.ts";
import { type JobKind, jobKinds } from "../../service-model/job-kinds.ts";
import { definitionSteps } from "../../service-model/step-graph.ts";
import { madeBy } from "../../service-model/step-types.ts";

/** A name below `/aws/sagemaker/`, and whether every resource has its own log group below it. */
export type LogDestination = Pick<JobKind, "ownLogGroup"> & { readonly logs: string };

/** Returns the kinds that a step makes or leads to: `predict` runs a registered model in a transform job. */
function kindsOf(stepType: string): readonly (JobKind | undefined)[] {
  return stepType === "RegisterModel" ? [jobKinds.TransformJob] : [madeBy(stepType)];
}

/** Returns the names below which a definition's jobs and endpoints write logs and metrics, without duplicates. */
export function jobLogs(definition: PipelineDefinition): readonly LogDestination[] {
  const logs = new Map<string, LogDestination>();
  for (const made of definitionSteps(definition).flatMap(({ Type }) => kindsOf(Type)))
    if (made?.logs !== undefined) logs.set(made.logs, { ...made, logs: made.logs });
  return [...logs.values()];
}
