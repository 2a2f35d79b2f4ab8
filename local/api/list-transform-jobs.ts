import type { ListTransformJobsRequest, ListTransformJobsResponse } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";
import { isIn, listing } from "./listing.ts";
import type { Operation } from "./operation.ts";

export const listTransformJobs: Operation<Wire<ListTransformJobsRequest>, Wire<ListTransformJobsResponse>> = (
  input,
  call,
) => {
  const own = call.store.transformJobs.values().filter((job) => isIn(call.region, job.TransformJobArn));
  const { items, next } = listing(own, input, {
    arn: (job) => job.TransformJobArn,
    name: (job) => job.TransformJobName,
    created: (job) => job.CreationTime,
    modified: (job) => job.TransformEndTime ?? job.CreationTime,
    status: (job) => job.TransformJobStatus,
    order: "Descending",
  });
  const TransformJobSummaries = items.map((job) => ({
    TransformJobName: job.TransformJobName,
    TransformJobArn: job.TransformJobArn,
    CreationTime: job.CreationTime,
    TransformEndTime: job.TransformEndTime,
    LastModifiedTime: job.TransformEndTime ?? job.CreationTime,
    TransformJobStatus: job.TransformJobStatus,
    FailureReason: job.FailureReason,
  }));
  return { TransformJobSummaries, ...next };
};
