import type { CreateModelInput, CreateModelOutput } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";
import { addModel } from "./model.ts";
import type { Operation } from "./operation.ts";

export const createModel: Operation<Wire<CreateModelInput>, CreateModelOutput> = (input, call) => {
  const { ModelArn } = addModel(input, { ...call, now: call.now() });
  return { ModelArn };
};
