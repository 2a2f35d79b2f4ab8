import type {
  CreateModelInput,
  CreateModelOutput,
  DeleteModelInput,
  DescribeModelInput,
  ListModelsInput,
  ListModelsOutput,
} from "@aws-sdk/client-sagemaker";
import { checkModelData, containersOfModel } from "../jobs/model-data.ts";
import { addModel, findModel } from "../state/model.ts";
import type { ModelRecord } from "../state/store.ts";
import type { Wire } from "../wire/wire.ts";
import type { Call } from "./call.ts";
import { isInRegion, listing } from "./listing.ts";

export async function createModel(input: Wire<CreateModelInput>, call: Call): Promise<CreateModelOutput> {
  await checkModelData(call.runtime.s3(call.region), containersOfModel(input, call));
  const { ModelArn } = addModel(input, { ...call, now: call.now() });
  return { ModelArn };
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
