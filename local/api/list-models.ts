import type { ListModelsInput, ListModelsOutput } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";
import { isIn, listing } from "./listing.ts";
import type { Operation } from "./operation.ts";

export const listModels: Operation<Wire<ListModelsInput>, Wire<ListModelsOutput>> = (input, call) => {
  const own = call.store.models.values().filter((model) => isIn(call.region, model.ModelArn));
  const { items, next } = listing(own, input, {
    arn: (model) => model.ModelArn,
    name: (model) => model.ModelName,
    created: (model) => model.CreationTime,
    order: "Descending",
  });
  return {
    Models: items.map(({ ModelName, ModelArn, CreationTime }) => ({ ModelName, ModelArn, CreationTime })),
    ...next,
  };
};
