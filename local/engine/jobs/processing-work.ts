import { defined } from "../../../service-model/defined.ts";
import { runProcessingJob } from "../../jobs/processing-job.ts";
import type { ProcessingJobRecord } from "../../state/store.ts";
import { failureReason, type JobServices, type JobWork } from "./job.ts";

/** Returns the work of a processing job. */
export function processingWork(
  job: ProcessingJobRecord,
  region: string,
  { runtime }: JobServices,
): JobWork<ProcessingJobRecord> {
  return {
    role: job.RoleArn ?? "",
    work: (_job, signal) => runProcessingJob(job, region, runtime, signal),
    last: (end) => ({ ...failureReason(end), ...defined({ ExitMessage: end.message }) }),
  };
}
