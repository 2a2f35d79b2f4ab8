import type { PipelineExecutionStepMetadata } from "@aws-sdk/client-sagemaker";
import type { Json, StepDefinition } from "../../../service-model/definition.ts";
import type { ExecutionRecord } from "../../state/execution-record.ts";
import type { Services } from "./services.ts";

/** A step to run. Its arguments contain no expressions any more. */
export interface StepRun {
  readonly execution: ExecutionRecord;
  readonly step: StepDefinition;
  readonly arguments: { readonly [key: string]: Json };
  readonly services: Services;
  readonly signal: AbortSignal;
  /** Must be called once, when the step's work starts. A job may have waited for a free processor until then. */
  readonly started: (metadata?: PipelineExecutionStepMetadata) => void;
}

/** The result of a step. */
export interface StepEnd {
  readonly status: "Succeeded" | "Failed" | "Stopped";
  readonly failureReason?: string | undefined;
  readonly metadata?: PipelineExecutionStepMetadata;
  readonly properties?: Json;
  /** A sentence about how the step ran here, for its record. */
  readonly note?: string;
}
