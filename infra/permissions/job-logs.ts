import type { PipelineDefinition } from "../../service-model/definition.ts";
import type { JobKind } from "../../service-model/job-kinds.ts";
import { definitionSteps } from "../../service-model/step-graph.ts";
import { madeBy } from "../../service-model/step-types.ts";

/** What logs, below `/aws/sagemaker/`, and whether each one has a log group of its own there. */
export type JobLogs = Pick<JobKind, "ownLogGroup"> & { readonly logs: string };

/** Returns where a definition's jobs and endpoints log and have their metrics, each once. */
export function jobLogs(definition: PipelineDefinition): readonly JobLogs[] {
  const logs = new Map<string, JobLogs>();
  for (const { Type } of definitionSteps(definition)) {
    const made: JobKind | undefined = madeBy(Type);
    if (made?.logs !== undefined) logs.set(made.logs, { ...made, logs: made.logs });
  }
  return [...logs.values()];
}
