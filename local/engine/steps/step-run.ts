import type { PipelineExecutionStepMetadata } from "@aws-sdk/client-sagemaker";
import type { Json, StepDefinition } from "../../../service-model/definition.ts";
import type { ExecutionRecord } from "../../state/execution-record.ts";
import type { Services } from "./services.ts";

/** One step to run, its expressions evaluated. */
export interface StepRun {
  readonly execution: ExecutionRecord;
  readonly step: StepDefinition;
  readonly arguments: { readonly [key: string]: Json };
  readonly services: Services;
  readonly signal: AbortSignal;
  /** Called once, when the step's work begins: a job is then waiting no longer. */
  readonly started: (metadata?: PipelineExecutionStepMetadata) => void;
}

export interface StepEnd {
  readonly status: "Succeeded" | "Failed" | "Stopped";
  readonly failureReason?: string | undefined;
  readonly metadata?: PipelineExecutionStepMetadata;
  readonly properties?: Json;
}
