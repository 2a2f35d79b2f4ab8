import type { DescribeModelInput } from "@aws-sdk/client-sagemaker";
import type { ModelRecord } from "../state/store.ts";
import { findModel } from "./model.ts";
import type { Operation } from "./operation.ts";

export const describeModel: Operation<DescribeModelInput, ModelRecord> = (input, call) =>
  findModel(input.ModelName, call);
