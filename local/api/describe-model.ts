import type { DescribeModelInput } from "@aws-sdk/client-sagemaker";
import { findModel } from "../state/model.ts";
import type { ModelRecord } from "../state/store.ts";
import type { Operation } from "./operation.ts";

export const describeModel: Operation<DescribeModelInput, ModelRecord> = (input, call) =>
  findModel(input.ModelName, call);
