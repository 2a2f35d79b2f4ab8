import type {
  CreateTransformJobRequest,
  CreateTransformJobResponse,
  StopTransformJobRequest,
} from "@aws-sdk/client-sagemaker";
import { s3Arn } from "../../service-model/arn.ts";
import { jobKinds } from "../../service-model/job-kinds.ts";
import { parseS3Uri } from "../../service-model/s3-uri.ts";
import { finishJob, type JobRequest, type JobWork, newJob, storeJob } from "../engine/jobs/job.ts";
import { transformWork } from "../engine/jobs/transform-work.ts";
import { denial } from "../iam/job-access.ts";
import { findInputData } from "../jobs/transfer/input-data.ts";
import { jobArn } from "../state/arn.ts";
import { endedJob } from "../state/job-record.ts";
import type { TransformJobRecord } from "../state/store.ts";
import { AwsError, validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Wire } from "../wire/wire.ts";
import type { Call } from "./call.ts";

const kind = "TransformJob";

/** Starts a transform job outside of a pipeline. It waits for a free slot like the jobs of pipelines. */
export async function createTransformJob(
  input: Wire<CreateTransformJobRequest> & JobRequest["members"],
  call: Call,
): Promise<CreateTransformJobResponse> {
  const name = required(input.TransformJobName, "TransformJobName");
  const arn = jobArn(call.region, jobKinds[kind].resource, name);
  const request = { name, arn, members: input };
  const begun = newJob(kind, request, call.now());
  const work = workOf(begun, call);
  await checkInput(begun, work.role, call);
  if (call.store.transformJobs.get(arn) !== undefined)
    throw new AwsError(
      "ResourceInUse",
      `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn})`,
    );
  start(request, begun, work, call);
  return { TransformJobArn: arn };
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

/** Stores a job and runs it, without waiting for its end. */
function start(request: JobRequest, begun: TransformJobRecord, work: JobWork<TransformJobRecord>, call: Call): void {
  const { arn } = request;
  const job = storeJob(call, kind, request, begun);
  const finish = (stop: AbortSignal) =>
    call.runtime.slots.run(() => finishJob(call, kind, request, job, work, stop), stop);
  call.jobs.run(arn, finish).catch((error: unknown) => {
    // The disk is full or broken. Clients still get the job's end from memory.
    const FailureReason = error instanceof Error ? error.message : String(error);
    call.log(`${arn}: ${FailureReason}`);
    const ended = { ...job.description(), ...endedJob(kind, "Failed", call.now()), FailureReason };
    call.store.transformJobs.keep(arn, ended);
  });
}

/**
 * Stops a transform job, which becomes `Stopped` when its container has ended.
 *
 * Source of the texts: the status, https://github.com/awslabs/benchmark-ai/issues/928 (StopTrainingJob)
 */
export function stopTransformJob(input: StopTransformJobRequest, call: Call): object {
  const name = required(input.TransformJobName, "TransformJobName");
  const arn = jobArn(call.region, jobKinds[kind].resource, name);
  const job = call.store.transformJobs.get(arn);
  if (job === undefined) throw validationError(`Could not find job to update with name ${name}`);
  if (job.TransformJobStatus !== "InProgress")
    throw validationError(`The request was rejected because the transform job is in status ${job.TransformJobStatus}.`);
  call.store.transformJobs.put(arn, { ...job, TransformJobStatus: "Stopping" });
  call.jobs.stop(arn);
  return {};
}
