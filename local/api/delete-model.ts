import type { DeleteModelInput } from "@aws-sdk/client-sagemaker";
import { findModel } from "../state/model.ts";
import type { Operation } from "./operation.ts";

export const deleteModel: Operation<DeleteModelInput, object> = (input, call) => {
  const { ModelArn } = findModel(input.ModelName, call);
  call.store.tags.delete(ModelArn);
  call.store.models.delete(ModelArn);
  return {};
};
