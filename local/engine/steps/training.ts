import { trainingWork } from "../jobs/training-work.ts";
import { runJob } from "./job.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a step's training job to its end. */
export function runTraining(run: StepRun): Promise<StepEnd> {
  return runJob(run, "TrainingJob", (begun) => trainingWork(begun, run.execution.region, run.services));
}
