import { inferenceContainer } from "../../jobs/inference-container.ts";
import { runTransformJob } from "../../jobs/transform-job.ts";
import { findModel } from "../../state/model.ts";
import { invoke } from "../../wire/failed-invocation.ts";
import { failureReason, runJob } from "./job.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a transform job and waits for it. */
export function runTransform(run: StepRun): Promise<StepEnd> {
  const { store, runtime } = run.services;
  const { region } = run.execution;
  return runJob(run, "TransformJob", (job) => {
    const model = invoke("CreateTransformJob", () => findModel(job.ModelName, { store, region }));
    const container = inferenceContainer(model, { store, region });
    // The container runs in the model's role: a transform job has none of its own.
    const role = model.ExecutionRoleArn ?? "";
    return {
      role,
      work: () => runTransformJob(job, container, role, region, runtime, run.signal),
      last: failureReason,
    };
  });
}
