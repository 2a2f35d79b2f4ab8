import type { ListProcessingJobsRequest, ListProcessingJobsResponse } from "@aws-sdk/client-sagemaker";
import type { Operation } from "./operation.ts";
import { page, sortedBy } from "./page.ts";
import type { Wire } from "./wire.ts";

export const listProcessingJobs: Operation<Wire<ListProcessingJobsRequest>, Wire<ListProcessingJobsResponse>> = (
  input,
  call,
) => {
  const chosen = call.store.processingJobs
    .values()
    .filter((job) => job.ProcessingJobArn.split(":")[3] === call.region)
    .filter((job) => (job.ProcessingJobName ?? "").includes(input.NameContains ?? ""))
    .filter((job) => input.StatusEquals === undefined || job.ProcessingJobStatus === input.StatusEquals);
  const key = input.SortBy === "Name" ? "ProcessingJobName" : "CreationTime";
  const sorted = sortedBy(chosen, (job) => job[key] ?? 0, input.SortOrder);
  const { items, next } = page(sorted, input, (job) => job.ProcessingJobArn);
  const ProcessingJobSummaries = items.map((job) => ({
    ProcessingJobName: job.ProcessingJobName,
    ProcessingJobArn: job.ProcessingJobArn,
    ProcessingJobStatus: job.ProcessingJobStatus,
    CreationTime: job.CreationTime,
    ProcessingEndTime: job.ProcessingEndTime,
    LastModifiedTime: job.LastModifiedTime,
  }));
  return { ProcessingJobSummaries, ...next };
};
