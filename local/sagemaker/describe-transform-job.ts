import type { DescribeTransformJobRequest } from "@aws-sdk/client-sagemaker";
import { notFound } from "../aws-error.ts";
import type { TransformJobRecord } from "../state/store.ts";
import { jobArn } from "./arn.ts";
import { type Operation, required } from "./operation.ts";

export const describeTransformJob: Operation<DescribeTransformJobRequest, TransformJobRecord> = (input, call) => {
  const name = required(input.TransformJobName, "TransformJobName");
  const job = call.store.transformJobs.get(jobArn(call.region, "transform-job", name));
  if (job === undefined) throw notFound(`Requested resource not found: transform job ${name}`);
  return job;
};
