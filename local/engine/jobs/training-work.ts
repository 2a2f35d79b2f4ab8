import type { SecondaryStatus } from "@aws-sdk/client-sagemaker";
import type { JobEnd } from "../../jobs/runtime.ts";
import { entered } from "../../jobs/secondary-status.ts";
import { runTrainingJob, type TrainingEnd } from "../../jobs/training-job.ts";
import { modelUri } from "../../jobs/training-outputs.ts";
import type { TrainingJobRecord } from "../../state/store.ts";
import { failureReason, type JobServices, type JobWork } from "./job.ts";

/** Returns the changed members of a description when the job enters a secondary status. @param now epoch seconds */
function secondary(job: TrainingJobRecord, status: SecondaryStatus, now: number, message?: string) {
  const transitions = entered(job.SecondaryStatusTransitions ?? [], status, now, message);
  return { SecondaryStatus: status, SecondaryStatusTransitions: transitions };
}

/** Returns the work of a training job. */
export function trainingWork(
  begun: TrainingJobRecord,
  region: string,
  { runtime, now }: JobServices,
): JobWork<TrainingJobRecord> {
  let metrics: TrainingEnd["metrics"] = [];
  const begin = begun.CreationTime ?? now();
  // SageMaker's API model requires ModelArtifacts in every description, even before the job has written the artifacts.
  const first = { ...secondary(begun, "Starting", begin), ModelArtifacts: { S3ModelArtifacts: modelUri(begun) } };
  return {
    role: begun.RoleArn ?? "",
    first,
    work: async ({ description, change }, signal) => {
      const end = await runTrainingJob(description(), region, runtime, signal, (status, message?: string) =>
        change(secondary(description(), status, now(), message)),
      );
      metrics = end.metrics;
      return end;
    },
    last: (end, job) => {
      // SageMaker's API model requires integers of at least 1.
      const seconds = Math.max(1, Math.round(now() - begin));
      return {
        ...secondary(job, lastStatus(end), now(), end.failureReason),
        TrainingTimeInSeconds: seconds,
        BillableTimeInSeconds: seconds,
        FinalMetricDataList: metrics,
        ...(end.status === "Failed" ? failureReason(end) : {}),
      };
    },
  };
}

/** Returns the last secondary status of a job. A job that reached its maximum runtime has a status of its own. */
function lastStatus(end: JobEnd): SecondaryStatus {
  return end.status === "Stopped" && end.failureReason !== undefined ? "MaxRuntimeExceeded" : end.status;
}
