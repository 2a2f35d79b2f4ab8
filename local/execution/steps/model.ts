import type { CreateModelInput } from "@aws-sdk/client-sagemaker";
import type { Json } from "../../../pipelines/sagemaker/definition.ts";
import { jobCalls, pipelineCaller } from "../../authorization/step-calls.ts";
import { jobName } from "../../runtime/job-name.ts";
import { modelArn } from "../../sagemaker/arn.ts";
import { addModel } from "../../sagemaker/model.ts";
import type { Wire } from "../../sagemaker/wire.ts";
import { invoke } from "../failed-call.ts";
import { texts } from "../job-arguments.ts";
import type { StepEnd, StepRun } from "../run-step.ts";

/** Makes a model, under the name that SageMaker Pipelines would give it. */
export function runModel(run: StepRun): StepEnd {
  run.started();
  const { store, calls, now } = run.services;
  const { region, id } = run.execution;
  const ModelName = jobName({ executionId: id, step: run.step.Name, prefix: run.arguments["ModelName"] });
  const arn = modelArn(region, ModelName);
  calls.record(pipelineCaller(run.execution), jobCalls("Model", arn, run.arguments["ExecutionRoleArn"]));
  // Its shape is CreateModel's own; what is wrong with it, addModel says.
  const input = { ...texts(run.arguments), ModelName } as Wire<CreateModelInput>;
  const record = invoke("CreateModel", () => addModel(input, { store, region, now: now() }));
  return {
    status: "Succeeded",
    metadata: { Model: { Arn: record.ModelArn } },
    properties: record as unknown as Json,
  };
}
