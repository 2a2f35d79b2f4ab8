import type { CreateModelInput } from "@aws-sdk/client-sagemaker";
import type { Json } from "../../../pipelines/sagemaker/definition.ts";
import { createModelForStep } from "../../authorization/step-access.ts";
import { jobName } from "../../runtime/job-name.ts";
import { modelArn } from "../../sagemaker/arn.ts";
import { addModel } from "../../sagemaker/model.ts";
import type { Wire } from "../../sagemaker/wire.ts";
import { invoke } from "../failed-call.ts";
import { texts } from "../job-arguments.ts";
import type { StepEnd, StepRun } from "../run-step.ts";

/** Makes a model, under the name that SageMaker Pipelines would give it. */
export async function runModel(run: StepRun): Promise<StepEnd> {
  run.started();
  const { store, now } = run.services;
  const { region, id } = run.execution;
  const ModelName = jobName({ executionId: id, step: run.step.Name, prefix: run.arguments["ModelName"] });
  const arn = modelArn(region, ModelName);
  await createModelForStep(run, ModelName, arn);
  // Its shape is CreateModel's own; what is wrong with it, addModel says.
  const input = { ...texts(run.arguments), ModelName } as Wire<CreateModelInput>;
  const record = invoke("CreateModel", () => addModel(input, { store, region, now: now() }));
  return {
    status: "Succeeded",
    metadata: { Model: { Arn: record.ModelArn } },
    properties: record as unknown as Json,
  };
}
