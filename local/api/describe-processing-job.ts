import type { DescribeProcessingJobRequest } from "@aws-sdk/client-sagemaker";
import { jobArn } from "../state/arn.ts";
import type { ProcessingJobRecord } from "../state/store.ts";
import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Operation } from "./operation.ts";

/** One that is missing is a `ValidationException`, which is what botocore's waiter for processing jobs takes for it. */
export const describeProcessingJob: Operation<DescribeProcessingJobRequest, ProcessingJobRecord> = (input, call) => {
  const name = required(input.ProcessingJobName, "ProcessingJobName");
  const job = call.store.processingJobs.get(jobArn(call.region, "processing-job", name));
  if (job === undefined) throw validationError(`Could not find requested job with name: ${name}`);
  return job;
};
