import type { DescribeTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import { notFound } from "../aws-error.ts";
import type { TrainingJobRecord } from "../state/store.ts";
import { jobArn } from "./arn.ts";
import { type Operation, required } from "./operation.ts";

export const describeTrainingJob: Operation<DescribeTrainingJobRequest, TrainingJobRecord> = (input, call) => {
  const name = required(input.TrainingJobName, "TrainingJobName");
  const job = call.store.trainingJobs.get(jobArn(call.region, "training-job", name));
  if (job === undefined) throw notFound(`Requested resource not found: training job ${name}`);
  return job;
};
