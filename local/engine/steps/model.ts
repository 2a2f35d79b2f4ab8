import type { CreateModelInput } from "@aws-sdk/client-sagemaker";
import type { Json } from "../../../service-model/definition.ts";
import { createModelForStep } from "../../iam/step-access.ts";
import { checkModelData, containersOfModel, modelDataUris } from "../../jobs/model-data.ts";
import { modelArn } from "../../state/arn.ts";
import { jobName } from "../../state/job-name.ts";
import { addModel } from "../../state/model.ts";
import { invoke, invokeAndWait } from "../../wire/failed-invocation.ts";
import type { Wire } from "../../wire/wire.ts";
import { texts } from "../expressions/job-arguments.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a Model step, which creates a model with the name that SageMaker Pipelines would give it. */
export async function runModel(run: StepRun): Promise<StepEnd> {
  run.started();
  const { store, now, runtime } = run.services;
  const { region, id } = run.execution;
  const ModelName = jobName({ executionId: id, step: run.step.Name, prefix: run.arguments["ModelName"] });
  const arn = modelArn(region, ModelName);
  // The arguments have the shape of CreateModel. addModel rejects invalid ones.
  const input = { ...texts(run.arguments), ModelName } as Wire<CreateModelInput>;
  const containers = invoke("CreateModel", () => containersOfModel(input, { store, region }));
  await createModelForStep(run, ModelName, arn, modelDataUris(containers));
  await invokeAndWait("CreateModel", () => checkModelData(runtime.s3(region), containers));
  const record = invoke("CreateModel", () => addModel(input, { store, region, now: now() }));
  return {
    status: "Succeeded",
    metadata: { Model: { Arn: record.ModelArn } },
    properties: record as unknown as Json,
  };
}
