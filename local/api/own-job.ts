import { jobKinds } from "../../service-model/job-kinds.ts";
import { finishJob, type JobRequest, type JobWork, newJob, storeJob } from "../engine/jobs/job.ts";
import { processingWork } from "../engine/jobs/processing-work.ts";
import { trainingWork } from "../engine/jobs/training-work.ts";
import { printFailure } from "../jobs/print-failure.ts";
import { jobArn } from "../state/arn.ts";
import { endedJob } from "../state/job-record.ts";
import { type JobRecords, jobsOf, type LocalJobKind } from "../state/store.ts";
import { AwsError, validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Call } from "./call.ts";
import { transformJob } from "./transform-job.ts";

type Input = JobRequest["members"];

/** Returns the work of a new job outside of a pipeline, after the checks that SageMaker makes of its request. */
type Prepare<Kind extends LocalJobKind> = (
  job: JobRecords[Kind],
  call: Call,
) => JobWork<JobRecords[Kind]> | Promise<JobWork<JobRecords[Kind]>>;

const prepare: { readonly [Kind in LocalJobKind]: Prepare<Kind> } = {
  ProcessingJob: (job, call) => processingWork(job, call.region, call),
  TrainingJob: (job, call) => trainingWork(job, call.region, call),
  TransformJob: transformJob,
};

/** The Create and Stop operations of each kind of job: `CreateProcessingJob`, `StopProcessingJob`, ... */
export const ownJobOperations = {
  ...operationsOf("ProcessingJob"),
  ...operationsOf("TrainingJob"),
  ...operationsOf("TransformJob"),
};

function operationsOf<Kind extends LocalJobKind>(kind: Kind) {
  return {
    [`Create${kind}`]: (input: Input, call: Call) => create(kind, input, call),
    [`Stop${kind}`]: (input: Input, call: Call) => stop(kind, input, call),
  };
}

/** Starts a job outside of a pipeline. It waits for a free slot like the jobs of pipelines. */
async function create<Kind extends LocalJobKind>(kind: Kind, input: Input, call: Call): Promise<object> {
  const { nameMember, resource } = jobKinds[kind];
  const name = required(input[nameMember] as string | undefined, nameMember);
  const arn = jobArn(call.region, resource, name);
  const request = { name, arn, members: input };
  const begun = newJob(kind, request, call.now());
  const work = await prepare[kind](begun, call);
  if (jobsOf(call.store, kind).get(arn) !== undefined)
    throw new AwsError(
      "ResourceInUse",
      `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn})`,
    );
  start(kind, request, { ...begun, ...work.first }, work, call);
  return { [`${kind}Arn`]: arn };
}

/** Stores a job and runs it, without waiting for its end. */
function start<Kind extends LocalJobKind>(
  kind: Kind,
  request: JobRequest,
  begun: JobRecords[Kind],
  work: JobWork<JobRecords[Kind]>,
  call: Call,
): void {
  const { arn, name } = request;
  const job = storeJob(call, kind, request, begun);
  const finish = (signal: AbortSignal) =>
    call.runtime.slots.run(async () => {
      const { lastLines } = await finishJob(call, kind, request, job, work, signal);
      printFailure(call.runtime, name, lastLines);
    }, signal);
  call.jobs.run(arn, finish).catch((error: unknown) => {
    // The disk is full or broken. Clients still get the job's end from memory.
    const FailureReason = error instanceof Error ? error.message : String(error);
    call.log(`${arn}: ${FailureReason}`);
    jobsOf(call.store, kind).keep(arn, {
      ...job.description(),
      ...endedJob(kind, "Failed", call.now()),
      FailureReason,
    });
  });
}

/**
 * Stops a job, which becomes `Stopped` when its container has ended.
 *
 * Source of the texts: the status, https://github.com/awslabs/benchmark-ai/issues/928 (StopTrainingJob)
 */
function stop(kind: LocalJobKind, input: Input, call: Call): object {
  const { nameMember, resource } = jobKinds[kind];
  const name = required(input[nameMember] as string | undefined, nameMember);
  const arn = jobArn(call.region, resource, name);
  const jobs = jobsOf(call.store, kind);
  const job = jobs.get(arn);
  if (job === undefined) throw validationError(`Could not find job to update with name ${name}`);
  const status = (job as unknown as Readonly<Record<string, string>>)[`${kind}Status`];
  if (status !== "InProgress")
    throw validationError(`The request was rejected because the ${resource.replace("-", " ")} is in status ${status}.`);
  jobs.put(arn, { ...job, [`${kind}Status`]: "Stopping" } as never);
  call.jobs.stop(arn);
  return {};
}
