import type { SecondaryStatus } from "@aws-sdk/client-sagemaker";
import type { Json } from "../../../service-model/definition.ts";
import { createForStep, refusedJob, stopForStep } from "../../iam/step-access.ts";
import { entered } from "../../jobs/secondary-status.ts";
import { runTrainingJob, type TrainingEnd } from "../../jobs/training-job.ts";
import { modelUri } from "../../jobs/training-outputs.ts";
import { jobArn } from "../../state/arn.ts";
import { jobName } from "../../state/job-name.ts";
import type { TrainingJobRecord } from "../../state/store.ts";
import { texts } from "../expressions/job-arguments.ts";
import { stepEnd } from "./processing.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a training job and waits for it. */
export function runTraining(run: StepRun): Promise<StepEnd> {
  const { store, runtime, calls, now } = run.services;
  return runtime.slots.run(async () => {
    if (run.signal.aborted) return { status: "Stopped" };
    const { region, id } = run.execution;
    const name = jobName({ executionId: id, step: run.step.Name, prefix: run.arguments["TrainingJobName"] });
    const TrainingJobArn = jobArn(region, "training-job", name);
    const metadata = { TrainingJob: { Arn: TrainingJobArn } };
    const begin = now();
    let job: TrainingJobRecord = {
      ...texts(run.arguments),
      TrainingJobName: name,
      TrainingJobArn,
      TrainingJobStatus: "InProgress",
      SecondaryStatus: "Starting",
      SecondaryStatusTransitions: entered([], "Starting", begin),
      CreationTime: begin,
      TrainingStartTime: begin,
      LastModifiedTime: begin,
    } as TrainingJobRecord;
    // Where artifacts are configured to go, from the beginning: the service's model requires it of every description.
    job = { ...job, ModelArtifacts: { S3ModelArtifacts: modelUri(job) } };
    const change = (changes: Partial<TrainingJobRecord>) => {
      job = { ...job, ...changes, LastModifiedTime: now() };
      store.trainingJobs.put(TrainingJobArn, job);
    };
    const phase = (status: SecondaryStatus, message?: string) =>
      change({
        SecondaryStatus: status,
        SecondaryStatusTransitions: entered(job.SecondaryStatusTransitions ?? [], status, now(), message),
      });
    await createForStep(run, "TrainingJob", TrainingJobArn);
    change({});
    run.started(metadata);
    const role = { name, arn: TrainingJobArn, role: job.RoleArn ?? "", members: run.arguments };
    const refused = await refusedJob(calls, "TrainingJob", role);
    const end =
      refused === undefined
        ? await runTrainingJob(job, region, runtime, run.signal, phase)
        : { ...refused, metrics: [] };
    const last = lastStatus(end);
    // Whole seconds, at least one: as the service's model has it.
    const seconds = Math.max(1, Math.round(now() - begin));
    change({
      TrainingJobStatus: end.status,
      SecondaryStatus: last,
      SecondaryStatusTransitions: entered(job.SecondaryStatusTransitions ?? [], last, now(), end.failureReason),
      TrainingEndTime: now(),
      TrainingTimeInSeconds: seconds,
      BillableTimeInSeconds: seconds,
      FinalMetricDataList: end.metrics,
      ...(end.status === "Failed" && end.failureReason !== undefined ? { FailureReason: end.failureReason } : {}),
    });
    if (run.signal.aborted) await stopForStep(run, "TrainingJob", TrainingJobArn);
    return stepEnd(end, metadata, job as unknown as Json);
  }, run.signal);
}

/** A job that ran out of time is `Stopped`, and its secondary status says why. */
function lastStatus(end: TrainingEnd): SecondaryStatus {
  return end.status === "Stopped" && end.failureReason !== undefined ? "MaxRuntimeExceeded" : end.status;
}
