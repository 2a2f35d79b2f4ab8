import { s3Arn } from "../../service-model/arn.ts";
import { parseS3Uri } from "../../service-model/s3-uri.ts";
import type { JobWork } from "../engine/jobs/job.ts";
import { transformWork } from "../engine/jobs/transform-work.ts";
import { denial } from "../iam/job-access.ts";
import { findInputData } from "../jobs/transfer/input-data.ts";
import type { TransformJobRecord } from "../state/store.ts";
import { AwsError, validationError } from "../wire/aws-error.ts";
import type { Call } from "./call.ts";

/** Returns the work of a new transform job outside of a pipeline, after the checks of its model and input. */
export async function transformJob(job: TransformJobRecord, call: Call): Promise<JobWork<TransformJobRecord>> {
  const work = workOf(job, call);
  await checkInput(job, work.role, call);
  return work;
}

function workOf(job: TransformJobRecord, call: Call): JobWork<TransformJobRecord> {
  try {
    return transformWork(job, call.region, call);
  } catch (error) {
    // The model does not run locally.
    throw error instanceof AwsError ? error : validationError((error as Error).message);
  }
}

/**
 * Checks that the input has objects and that the model's role may list them.
 *
 * Source of the text: https://github.com/aws/amazon-sagemaker-examples/issues/2414
 */
async function checkInput({ TransformInput, TransformJobName }: TransformJobRecord, role: string, call: Call) {
  const { S3Uri: uri = "", S3DataType: type } = TransformInput?.DataSource?.S3DataSource ?? {};
  const { bucket, key } = parseS3Uri(uri);
  const list = { action: "s3:ListBucket", resource: s3Arn(bucket), context: { "s3:prefix": key } };
  const denied = await denial(call.calls.make({ role, by: TransformJobName ?? "" }, [list]));
  const found =
    denied === undefined && (await findInputData(call.runtime.s3(call.region), { uri, type }).catch(() => {}));
  if (!found)
    throw validationError(
      `No S3 objects found under S3 URL "${uri}" given in input data source. Please ensure that the bucket exists in the selected region (${call.region}), that objects exist under that S3 prefix, and that the role "${role}" has "s3:ListBucket" permissions on bucket "${bucket}".`,
    );
}
