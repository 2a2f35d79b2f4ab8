import type { ListTrainingJobsRequest, ListTrainingJobsResponse } from "@aws-sdk/client-sagemaker";
import type { Operation } from "./operation.ts";
import { page, sortedBy } from "./page.ts";
import type { Wire } from "./wire.ts";

export const listTrainingJobs: Operation<Wire<ListTrainingJobsRequest>, Wire<ListTrainingJobsResponse>> = (
  input,
  call,
) => {
  const chosen = call.store.trainingJobs
    .values()
    .filter((job) => job.TrainingJobArn.split(":")[3] === call.region)
    .filter((job) => (job.TrainingJobName ?? "").includes(input.NameContains ?? ""))
    .filter((job) => input.StatusEquals === undefined || job.TrainingJobStatus === input.StatusEquals);
  const key = input.SortBy === "Name" ? "TrainingJobName" : "CreationTime";
  const sorted = sortedBy(chosen, (job) => job[key] ?? 0, input.SortOrder);
  const { items, next } = page(sorted, input, (job) => job.TrainingJobArn);
  const TrainingJobSummaries = items.map((job) => ({
    TrainingJobName: job.TrainingJobName,
    TrainingJobArn: job.TrainingJobArn,
    TrainingJobStatus: job.TrainingJobStatus,
    CreationTime: job.CreationTime,
    TrainingEndTime: job.TrainingEndTime,
    LastModifiedTime: job.LastModifiedTime,
  }));
  return { TrainingJobSummaries, ...next };
};
