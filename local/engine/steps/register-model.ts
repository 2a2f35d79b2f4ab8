import type { CreateModelPackageInput } from "@aws-sdk/client-sagemaker";
import type { Json } from "../../../service-model/definition.ts";
import { registerForStep } from "../../iam/step-access.ts";
import { checkModelData, containersOfPackage } from "../../jobs/model-data.ts";
import { addModelPackage, nextModelPackage } from "../../state/model-package.ts";
import { invoke, invokeAndWait } from "../../wire/failed-invocation.ts";
import type { Wire } from "../../wire/wire.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a RegisterModel step. Creates the model package group if it is missing, as SageMaker Pipelines does. */
export async function runRegisterModel(run: StepRun): Promise<StepEnd> {
  run.started();
  const { store, now, runtime } = run.services;
  // The arguments have the shape of CreateModelPackage. addModelPackage rejects invalid ones.
  const input = run.arguments as Wire<CreateModelPackageInput>;
  const { region } = run.execution;
  await registerForStep(
    run,
    invoke("CreateModelPackage", () => nextModelPackage(input, store, region)),
  );
  await invokeAndWait("CreateModelPackage", () => checkModelData(runtime.s3(region), containersOfPackage(input)));
  const place = { store, region, now: now(), createGroup: true };
  const record = invoke("CreateModelPackage", () => addModelPackage(input, place));
  return {
    status: "Succeeded",
    metadata: { RegisterModel: { Arn: record.ModelPackageArn } },
    properties: record as unknown as Json,
  };
}
