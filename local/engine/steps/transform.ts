import { invoke } from "../../wire/failed-invocation.ts";
import { transformWork } from "../jobs/transform-work.ts";
import { runJob } from "./job.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a step's transform job to its end. */
export function runTransform(run: StepRun): Promise<StepEnd> {
  return runJob(run, "TransformJob", (job) =>
    invoke("CreateTransformJob", () => transformWork(job, run.execution.region, run.services)),
  );
}
