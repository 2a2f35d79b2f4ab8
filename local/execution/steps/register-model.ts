import type { CreateModelPackageInput } from "@aws-sdk/client-sagemaker";
import type { Json } from "../../../pipelines/sagemaker/definition.ts";
import { pipelineCaller, registrationCalls } from "../../authorization/step-calls.ts";
import { addModelPackage } from "../../sagemaker/model-package.ts";
import type { Wire } from "../../sagemaker/wire.ts";
import { invoke } from "../failed-call.ts";
import type { StepEnd, StepRun } from "../run-step.ts";

/** Registers a model package; its group is made when it is missing, as SageMaker Pipelines does. */
export function runRegisterModel(run: StepRun): StepEnd {
  run.started();
  const { store, calls, now } = run.services;
  // Its shape is CreateModelPackage's own; what is wrong with it, addModelPackage says.
  const input = run.arguments as Wire<CreateModelPackageInput>;
  const place = { store, region: run.execution.region, now: now(), createGroup: true };
  const record = invoke("CreateModelPackage", () => addModelPackage(input, place));
  const { ModelPackageArn, ModelApprovalStatus = "" } = record;
  calls.record(pipelineCaller(run.execution), registrationCalls(ModelPackageArn, ModelApprovalStatus));
  return {
    status: "Succeeded",
    metadata: { RegisterModel: { Arn: record.ModelPackageArn } },
    properties: record as unknown as Json,
  };
}
