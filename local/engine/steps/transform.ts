import { inferenceContainer } from "../../jobs/inference-container.ts";
import { runTransformJob } from "../../jobs/transform-job.ts";
import { findModel } from "../../state/model.ts";
import { invoke } from "../../wire/failed-invocation.ts";
import { failureReason, runJob } from "./job.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a step's transform job to its end. */
export function runTransform(run: StepRun): Promise<StepEnd> {
  const { store, runtime } = run.services;
  const { region } = run.execution;
  return runJob(run, "TransformJob", (job) => {
    const model = invoke("CreateTransformJob", () => findModel(job.ModelName, { store, region }));
    const container = inferenceContainer(model, { store, region });
    // The container uses the model's role, because a transform job has no role.
    const role = model.ExecutionRoleArn ?? "";
    return {
      role,
      work: () => runTransformJob(job, container, role, region, runtime, run.signal),
      last: failureReason,
    };
  });
}
