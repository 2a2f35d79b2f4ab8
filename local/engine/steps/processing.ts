import { defined } from "../../../service-model/defined.ts";
import { runProcessingJob } from "../../jobs/processing-job.ts";
import { failureReason } from "../jobs/job.ts";
import { runJob } from "./job.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a step's processing job to its end. */
export function runProcessing(run: StepRun): Promise<StepEnd> {
  return runJob(run, "ProcessingJob", (job) => ({
    role: job.RoleArn ?? "",
    work: (_job, signal) => runProcessingJob(job, run.execution.region, run.services.runtime, signal),
    last: (end) => ({ ...failureReason(end), ...defined({ ExitMessage: end.message }) }),
  }));
}
