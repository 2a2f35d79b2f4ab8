import type { Json } from "../../../service-model/definition.ts";
import { createForStep, refusedJob, stopForStep } from "../../iam/step-access.ts";
import { inferenceContainer } from "../../jobs/inference-container.ts";
import { runTransformJob } from "../../jobs/transform-job.ts";
import { jobArn } from "../../state/arn.ts";
import { jobName } from "../../state/job-name.ts";
import { findModel } from "../../state/model.ts";
import type { TransformJobRecord } from "../../state/store.ts";
import { invoke } from "../../wire/failed-invocation.ts";
import { texts } from "../expressions/job-arguments.ts";
import { stepEnd } from "./processing.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a transform job and waits for it. */
export function runTransform(run: StepRun): Promise<StepEnd> {
  const { store, runtime, calls, now } = run.services;
  return runtime.slots.run(async () => {
    if (run.signal.aborted) return { status: "Stopped" };
    const { region, id } = run.execution;
    const name = jobName({ executionId: id, step: run.step.Name, prefix: run.arguments["TransformJobName"] });
    const TransformJobArn = jobArn(region, "transform-job", name);
    const metadata = { TransformJob: { Arn: TransformJobArn } };
    const begin = now();
    const job: TransformJobRecord = {
      ...texts(run.arguments),
      TransformJobName: name,
      TransformJobArn,
      TransformJobStatus: "InProgress",
      CreationTime: begin,
      TransformStartTime: begin,
    } as TransformJobRecord;
    await createForStep(run, "TransformJob", TransformJobArn);
    const model = invoke("CreateTransformJob", () => findModel(job.ModelName, { store, region }));
    const container = inferenceContainer(model, { store, region });
    store.transformJobs.put(TransformJobArn, job);
    run.started(metadata);
    // The container runs in the model's role: a transform job has none of its own.
    const role = model.ExecutionRoleArn ?? "";
    const members = run.arguments;
    const refused = await refusedJob(calls, "TransformJob", { name, arn: TransformJobArn, role, members });
    const end = refused ?? (await runTransformJob(job, container, role, region, runtime, run.signal));
    const ended: TransformJobRecord = {
      ...job,
      TransformJobStatus: end.status,
      TransformEndTime: now(),
      ...(end.failureReason === undefined ? {} : { FailureReason: end.failureReason }),
    };
    store.transformJobs.put(TransformJobArn, ended);
    if (run.signal.aborted) await stopForStep(run, "TransformJob", TransformJobArn);
    return stepEnd(end, metadata, ended as unknown as Json);
  }, run.signal);
}
