import type { Json } from "../../../pipelines/sagemaker/definition.ts";
import { jobCalls, pipelineCaller, stopCalls } from "../../authorization/step-calls.ts";
import { inferenceContainer } from "../../runtime/inference-container.ts";
import { jobName } from "../../runtime/job-name.ts";
import { runTransformJob } from "../../runtime/transform-job.ts";
import { jobArn } from "../../sagemaker/arn.ts";
import { findModel } from "../../sagemaker/model.ts";
import type { TransformJobRecord } from "../../state/store.ts";
import { invoke } from "../failed-call.ts";
import { texts } from "../job-arguments.ts";
import { checkJobLimits } from "../job-limits.ts";
import type { StepEnd, StepRun } from "../run-step.ts";
import { stepEnd } from "./processing.ts";

/** Runs a transform job and waits for it. */
export function runTransform(run: StepRun): Promise<StepEnd> {
  const { store, runtime, calls, now } = run.services;
  return runtime.slots.run(async () => {
    if (run.signal.aborted) return { status: "Stopped" };
    const { region, id } = run.execution;
    const given = texts(run.arguments);
    invoke("CreateTransformJob", () => checkJobLimits("CreateTransformJob", given));
    const name = jobName({ executionId: id, step: run.step.Name, prefix: run.arguments["TransformJobName"] });
    const TransformJobArn = jobArn(region, "transform-job", name);
    const metadata = { TransformJob: { Arn: TransformJobArn } };
    const begin = now();
    const job: TransformJobRecord = {
      ...given,
      TransformJobName: name,
      TransformJobArn,
      TransformJobStatus: "InProgress",
      CreationTime: begin,
      TransformStartTime: begin,
    } as TransformJobRecord;
    calls.record(pipelineCaller(run.execution), jobCalls("TransformJob", TransformJobArn, undefined));
    const model = invoke("CreateTransformJob", () => findModel(job.ModelName, { store, region }));
    const container = inferenceContainer(model, store);
    store.transformJobs.put(TransformJobArn, job);
    run.started(metadata);
    // The container runs in the model's role: a transform job has none of its own.
    const end = await runTransformJob(job, container, model.ExecutionRoleArn ?? "", region, runtime, run.signal);
    if (run.signal.aborted) calls.record(pipelineCaller(run.execution), stopCalls("TransformJob", TransformJobArn));
    const ended: TransformJobRecord = {
      ...job,
      TransformJobStatus: end.status,
      TransformEndTime: now(),
      ...(end.failureReason === undefined ? {} : { FailureReason: end.failureReason }),
    };
    store.transformJobs.put(TransformJobArn, ended);
    return stepEnd(end, metadata, ended as unknown as Json);
  });
}
