import type {
  CreateModelInput,
  CreateModelOutput,
  DeleteModelInput,
  DescribeModelInput,
  ListModelsInput,
  ListModelsOutput,
} from "@aws-sdk/client-sagemaker";
import { denial, deniedModelData } from "../iam/job-access.ts";
import { checkModelData, containersOfModel, modelDataUris } from "../jobs/model-data.ts";
import { modelArn } from "../state/arn.ts";
import { addModel, findModel } from "../state/model.ts";
import type { ModelRecord } from "../state/store.ts";
import { validationError } from "../wire/aws-error.ts";
import type { Wire } from "../wire/wire.ts";
import type { Call } from "./call.ts";
import { isInRegion, listing } from "./listing.ts";

export async function createModel(input: Wire<CreateModelInput>, call: Call): Promise<CreateModelOutput> {
  const containers = containersOfModel(input, call);
  await checkModelData(call.runtime.s3(call.region), containers);
  await checkRole(input, modelDataUris(containers), call);
  const { ModelArn } = addModel(input, { ...call, now: call.now() });
  return { ModelArn };
}

/** Checks that SageMaker can assume the model's role and read the model's data with it. @throws AwsError `ValidationException` */
async function checkRole(
  { ModelName: name = "", ExecutionRoleArn: role }: Wire<CreateModelInput>,
  data: readonly string[],
  { calls, region }: Call,
): Promise<void> {
  if (role === undefined) return;
  const denied =
    (await denial(calls.assume(role, modelArn(region, name)))) ??
    (await deniedModelData(calls, { name, role, region }, data));
  if (denied !== undefined) throw validationError(denied);
}

export function describeModel(input: DescribeModelInput, call: Call): ModelRecord {
  return findModel(input.ModelName, call);
}

export function listModels(input: Wire<ListModelsInput>, call: Call): Wire<ListModelsOutput> {
  const own = call.store.models.values().filter((model) => isInRegion(call.region, model.ModelArn));
  const { items, next } = listing(own, input, {
    arn: (model) => model.ModelArn,
    name: (model) => model.ModelName,
    created: (model) => model.CreationTime,
    order: "Descending",
  });
  const Models = items.map(({ ModelName, ModelArn, CreationTime }) => ({ ModelName, ModelArn, CreationTime }));
  return { Models, ...next };
}

export function deleteModel(input: DeleteModelInput, call: Call): object {
  const { ModelArn } = findModel(input.ModelName, call);
  call.store.tags.delete(ModelArn);
  call.store.models.delete(ModelArn);
  return {};
}
