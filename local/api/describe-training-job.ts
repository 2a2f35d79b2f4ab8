import type { DescribeTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import { jobArn } from "../state/arn.ts";
import type { TrainingJobRecord } from "../state/store.ts";
import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Operation } from "./operation.ts";

/** One that is missing is a `ValidationException`, whatever the API reference says: https://github.com/aws/aws-sdk/issues/165 */
export const describeTrainingJob: Operation<DescribeTrainingJobRequest, TrainingJobRecord> = (input, call) => {
  const name = required(input.TrainingJobName, "TrainingJobName");
  const job = call.store.trainingJobs.get(jobArn(call.region, "training-job", name));
  if (job === undefined) throw validationError("Requested resource not found.");
  return job;
};
