import type { DescribeTransformJobRequest } from "@aws-sdk/client-sagemaker";
import { jobArn } from "../state/arn.ts";
import type { TransformJobRecord } from "../state/store.ts";
import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Operation } from "./operation.ts";

/** One that is missing is a `ValidationException`, which is what botocore's waiter for transform jobs takes for it. */
export const describeTransformJob: Operation<DescribeTransformJobRequest, TransformJobRecord> = (input, call) => {
  const name = required(input.TransformJobName, "TransformJobName");
  const job = call.store.transformJobs.get(jobArn(call.region, "transform-job", name));
  if (job === undefined) throw validationError(`Could not find requested job with name: ${name}`);
  return job;
};
