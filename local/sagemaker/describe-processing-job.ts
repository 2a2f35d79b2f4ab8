import type { DescribeProcessingJobRequest } from "@aws-sdk/client-sagemaker";
import { notFound } from "../aws-error.ts";
import type { ProcessingJobRecord } from "../state/store.ts";
import { jobArn } from "./arn.ts";
import { type Operation, required } from "./operation.ts";

export const describeProcessingJob: Operation<DescribeProcessingJobRequest, ProcessingJobRecord> = (input, call) => {
  const name = required(input.ProcessingJobName, "ProcessingJobName");
  const job = call.store.processingJobs.get(jobArn(call.region, "processing-job", name));
  if (job === undefined) throw notFound(`Requested resource not found: processing job ${name}`);
  return job;
};
