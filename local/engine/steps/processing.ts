import { defined } from "../../../service-model/defined.ts";
import { runProcessingJob } from "../../jobs/processing-job.ts";
import { failureReason, runJob } from "./job.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a processing job and waits for it. */
export function runProcessing(run: StepRun): Promise<StepEnd> {
  return runJob(run, "ProcessingJob", (job) => ({
    role: job.RoleArn ?? "",
    work: () => runProcessingJob(job, run.execution.region, run.services.runtime, run.signal),
    last: (end) => ({ ...failureReason(end), ...defined({ ExitMessage: end.message }) }),
  }));
}
