import type { Json } from "../../../service-model/definition.ts";
import { createForStep, refusedJob, stopForStep } from "../../iam/step-access.ts";
import { runProcessingJob } from "../../jobs/processing-job.ts";
import { jobArn } from "../../state/arn.ts";
import { jobName } from "../../state/job-name.ts";
import type { ProcessingJobRecord } from "../../state/store.ts";
import { texts } from "../expressions/job-arguments.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a processing job and waits for it. */
export function runProcessing(run: StepRun): Promise<StepEnd> {
  const { store, runtime, calls, now } = run.services;
  return runtime.slots.run(async () => {
    if (run.signal.aborted) return { status: "Stopped" };
    const { region, id } = run.execution;
    const name = jobName({ executionId: id, step: run.step.Name, prefix: run.arguments["ProcessingJobName"] });
    const ProcessingJobArn = jobArn(region, "processing-job", name);
    const metadata = { ProcessingJob: { Arn: ProcessingJobArn } };
    const begin = now();
    const job: ProcessingJobRecord = {
      ...texts(run.arguments),
      ProcessingJobName: name,
      ProcessingJobArn,
      ProcessingJobStatus: "InProgress",
      CreationTime: begin,
      ProcessingStartTime: begin,
      LastModifiedTime: begin,
    } as ProcessingJobRecord;
    await createForStep(run, "ProcessingJob", ProcessingJobArn);
    store.processingJobs.put(ProcessingJobArn, job);
    run.started(metadata);
    const role = { name, arn: ProcessingJobArn, role: job.RoleArn ?? "", members: run.arguments };
    const refused = await refusedJob(calls, "ProcessingJob", role);
    const end = refused ?? (await runProcessingJob(job, region, runtime, run.signal));
    const ended: ProcessingJobRecord = {
      ...job,
      ProcessingJobStatus: end.status,
      ProcessingEndTime: now(),
      LastModifiedTime: now(),
      ...(end.failureReason === undefined ? {} : { FailureReason: end.failureReason }),
      ...(end.message === undefined ? {} : { ExitMessage: end.message }),
    };
    store.processingJobs.put(ProcessingJobArn, ended);
    if (run.signal.aborted) await stopForStep(run, "ProcessingJob", ProcessingJobArn);
    return stepEnd(end, metadata, ended as unknown as Json);
  }, run.signal);
}

/** A job that was stopped because its time was up has a reason, and failed its step. */
export function stepEnd(
  end: { readonly status: "Completed" | "Failed" | "Stopped"; readonly failureReason?: string },
  metadata: NonNullable<StepEnd["metadata"]>,
  properties: Json,
): StepEnd {
  if (end.status === "Completed") return { status: "Succeeded", metadata, properties };
  if (end.status === "Stopped" && end.failureReason === undefined) return { status: "Stopped", metadata };
  return { status: "Failed", failureReason: end.failureReason, metadata };
}
