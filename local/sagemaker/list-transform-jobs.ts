import type { ListTransformJobsRequest, ListTransformJobsResponse } from "@aws-sdk/client-sagemaker";
import type { Operation } from "./operation.ts";
import { page, sortedBy } from "./page.ts";
import type { Wire } from "./wire.ts";

export const listTransformJobs: Operation<Wire<ListTransformJobsRequest>, Wire<ListTransformJobsResponse>> = (
  input,
  call,
) => {
  const { CreationTimeAfter: after = 0, CreationTimeBefore: before = Number.POSITIVE_INFINITY } = input;
  const chosen = call.store.transformJobs
    .values()
    .filter((job) => job.TransformJobArn.split(":")[3] === call.region)
    .filter((job) => (job.TransformJobName ?? "").includes(input.NameContains ?? ""))
    .filter(({ CreationTime = 0 }) => CreationTime >= after && CreationTime <= before)
    .filter((job) => input.StatusEquals === undefined || job.TransformJobStatus === input.StatusEquals);
  const key =
    input.SortBy === "Name" ? "TransformJobName" : input.SortBy === "Status" ? "TransformJobStatus" : "CreationTime";
  const sorted = sortedBy(chosen, (job) => job[key] ?? 0, input.SortOrder);
  const { items, next } = page(sorted, input, (job) => job.TransformJobArn);
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
