import { processingWork } from "../jobs/processing-work.ts";
import { runJob } from "./job.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a step's processing job to its end. */
export function runProcessing(run: StepRun): Promise<StepEnd> {
  return runJob(run, "ProcessingJob", (job) => processingWork(job, run.execution.region, run.services));
}
