import type { DescribePipelineRequest } from "@aws-sdk/client-sagemaker";
import type { PipelineRecord } from "../state/store.ts";
import type { Operation } from "./operation.ts";
import { findPipeline } from "./pipeline.ts";

export const describePipeline: Operation<DescribePipelineRequest, PipelineRecord> = (input, call) =>
  findPipeline(input.PipelineName, call);
