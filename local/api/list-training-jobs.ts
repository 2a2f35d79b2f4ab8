import type { ListTrainingJobsRequest, ListTrainingJobsResponse } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";
import { isIn, listing } from "./listing.ts";
import type { Operation } from "./operation.ts";

export const listTrainingJobs: Operation<Wire<ListTrainingJobsRequest>, Wire<ListTrainingJobsResponse>> = (
  input,
  call,
) => {
  // No job here has a warm pool or a training plan.
  const wanted = input.WarmPoolStatusEquals === undefined && input.TrainingPlanArnEquals === undefined;
  const own = call.store.trainingJobs.values().filter((job) => wanted && isIn(call.region, job.TrainingJobArn));
  const { items, next } = listing(own, input, {
    arn: (job) => job.TrainingJobArn,
    name: (job) => job.TrainingJobName,
    created: (job) => job.CreationTime,
    modified: (job) => job.LastModifiedTime,
    status: (job) => job.TrainingJobStatus,
    order: "Ascending",
  });
  const TrainingJobSummaries = items.map((job) => ({
    TrainingJobName: job.TrainingJobName,
    TrainingJobArn: job.TrainingJobArn,
    TrainingJobStatus: job.TrainingJobStatus,
    SecondaryStatus: job.SecondaryStatus,
    CreationTime: job.CreationTime,
    TrainingEndTime: job.TrainingEndTime,
    LastModifiedTime: job.LastModifiedTime,
  }));
  return { TrainingJobSummaries, ...next };
};
