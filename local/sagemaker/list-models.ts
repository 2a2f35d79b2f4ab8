import type { ListModelsInput, ListModelsOutput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "./operation.ts";
import { page, sortedBy } from "./page.ts";
import type { Wire } from "./wire.ts";

export const listModels: Operation<Wire<ListModelsInput>, Wire<ListModelsOutput>> = (input, call) => {
  const { CreationTimeAfter: after = 0, CreationTimeBefore: before = Number.POSITIVE_INFINITY } = input;
  const chosen = call.store.models
    .values()
    .filter((model) => model.ModelArn.split(":")[3] === call.region)
    .filter((model) => (model.ModelName ?? "").includes(input.NameContains ?? ""))
    .filter(({ CreationTime = 0 }) => CreationTime >= after && CreationTime <= before);
  const key = input.SortBy === "Name" ? "ModelName" : "CreationTime";
  const sorted = sortedBy(chosen, (model) => model[key] ?? 0, input.SortOrder);
  const { items, next } = page(sorted, input, (model) => model.ModelArn);
  return {
    Models: items.map(({ ModelName, ModelArn, CreationTime }) => ({ ModelName, ModelArn, CreationTime })),
    ...next,
  };
};
