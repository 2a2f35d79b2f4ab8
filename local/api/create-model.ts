import type { CreateModelInput, CreateModelOutput } from "@aws-sdk/client-sagemaker";
import { addModel } from "../state/model.ts";
import type { Wire } from "../wire/wire.ts";
import type { Operation } from "./operation.ts";

export const createModel: Operation<Wire<CreateModelInput>, CreateModelOutput> = (input, call) => {
  const { ModelArn } = addModel(input, { ...call, now: call.now() });
  return { ModelArn };
};
