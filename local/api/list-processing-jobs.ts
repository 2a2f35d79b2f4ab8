import type { ListProcessingJobsRequest, ListProcessingJobsResponse } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";
import { isIn, listing } from "./listing.ts";
import type { Operation } from "./operation.ts";

export const listProcessingJobs: Operation<Wire<ListProcessingJobsRequest>, Wire<ListProcessingJobsResponse>> = (
  input,
  call,
) => {
  const own = call.store.processingJobs.values().filter((job) => isIn(call.region, job.ProcessingJobArn));
  const { items, next } = listing(own, input, {
    arn: (job) => job.ProcessingJobArn,
    name: (job) => job.ProcessingJobName,
    created: (job) => job.CreationTime,
    modified: (job) => job.LastModifiedTime,
    status: (job) => job.ProcessingJobStatus,
    order: "Ascending",
  });
  const ProcessingJobSummaries = items.map((job) => ({
    ProcessingJobName: job.ProcessingJobName,
    ProcessingJobArn: job.ProcessingJobArn,
    ProcessingJobStatus: job.ProcessingJobStatus,
    CreationTime: job.CreationTime,
    ProcessingEndTime: job.ProcessingEndTime,
    LastModifiedTime: job.LastModifiedTime,
    FailureReason: job.FailureReason,
    ExitMessage: job.ExitMessage,
  }));
  return { ProcessingJobSummaries, ...next };
};
