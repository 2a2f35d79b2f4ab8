import type { Json } from "../../../pipelines/sagemaker/definition.ts";
import { createForStep, refusedJob, stopForStep } from "../../authorization/step-access.ts";
import { jobName } from "../../runtime/job-name.ts";
import { modelUri, runTrainingJob } from "../../runtime/training-job.ts";
import { jobArn } from "../../sagemaker/arn.ts";
import type { TrainingJobRecord } from "../../state/store.ts";
import { texts } from "../job-arguments.ts";
import type { StepEnd, StepRun } from "../run-step.ts";
import { stepEnd } from "./processing.ts";

/** Runs a training job and waits for it. */
export function runTraining(run: StepRun): Promise<StepEnd> {
  const { store, runtime, calls, now } = run.services;
  return runtime.slots.run(async () => {
    if (run.signal.aborted) return { status: "Stopped" };
    const { region, id } = run.execution;
    const name = jobName(id, run.step.Name);
    const TrainingJobArn = jobArn(region, "training-job", name);
    const metadata = { TrainingJob: { Arn: TrainingJobArn } };
    const begin = now();
    const job: TrainingJobRecord = {
      ...texts(run.arguments),
      TrainingJobName: name,
      TrainingJobArn,
      TrainingJobStatus: "InProgress",
      SecondaryStatus: "Training",
      CreationTime: begin,
      TrainingStartTime: begin,
      LastModifiedTime: begin,
    } as TrainingJobRecord;
    await createForStep(run, "TrainingJob", TrainingJobArn);
    store.trainingJobs.put(TrainingJobArn, job);
    run.started(metadata);
    const role = { name, arn: TrainingJobArn, role: job.RoleArn ?? "", members: run.arguments };
    const refused = await refusedJob(calls, "TrainingJob", role);
    const end =
      refused === undefined ? await runTrainingJob(job, region, runtime, run.signal) : { ...refused, metrics: [] };
    const ended: TrainingJobRecord = {
      ...job,
      TrainingJobStatus: end.status,
      SecondaryStatus: end.status,
      TrainingEndTime: now(),
      // The service's model has no shorter one.
      TrainingTimeInSeconds: Math.max(1, Math.round(now() - begin)),
      LastModifiedTime: now(),
      FinalMetricDataList: end.metrics,
      ...(end.status === "Completed" ? { ModelArtifacts: { S3ModelArtifacts: modelUri(job) } } : {}),
      ...(end.failureReason === undefined ? {} : { FailureReason: end.failureReason }),
    };
    store.trainingJobs.put(TrainingJobArn, ended);
    if (run.signal.aborted) await stopForStep(run, "TrainingJob", TrainingJobArn);
    return stepEnd(end, metadata, ended as unknown as Json);
  });
}
