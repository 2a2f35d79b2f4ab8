import type { PipelineExecutionStepMetadata } from "@aws-sdk/client-sagemaker";
import type { Json, ParameterDefinition, PipelineDefinition } from "../../service-model/definition.ts";

export type ExecutionStatus =
  | "Executing"
  | "Stopping"
  | "Stopped"
  | "Failed"
  | "Succeeded"
  /** Steps failed, and others that wait for a failure took them on. */
  | "CompletedWithFailures";
export type StepStatus = "Starting" | "Executing" | "Stopping" | "Stopped" | "Failed" | "Succeeded";

/** A step that has begun. Times are epoch seconds. */
export interface StepRecord {
  readonly name: string;
  readonly type: string;
  readonly status: StepStatus;
  readonly startTime: number;
  readonly endTime?: number;
  readonly failureReason?: string;
  readonly metadata?: PipelineExecutionStepMetadata;
  /** How often it was tried; absent where it was not tried at all: its outputs are another execution's. */
  readonly attempts?: number;
  /** SHA-256 of the arguments that decide whether a later run may take this one's outputs. */
  readonly cacheKey?: string;
  /** The execution whose outputs this step took instead of running. */
  readonly cacheSource?: string;
  /** In a selective execution: the execution that this step, not selected itself, was taken from. */
  readonly selectiveSource?: string;
  /** What `Steps.<name>.` refers to: the job's or the model package's description. */
  readonly properties?: Json;
}

/** What of an execution changes while it runs, beside its steps. */
export interface ExecutionProgress {
  readonly status: ExecutionStatus;
  readonly failureReason?: string | undefined;
  readonly modifiedTime: number;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly maxParallelSteps?: number | undefined;
  /** The token of the stop that was asked for. */
  readonly stopToken?: string | undefined;
  /** The tokens of the retries that were asked for: asked again, each is the same one. */
  readonly retryTokens?: readonly string[];
}

/** An execution with everything it needs: the definition is the one of its start, whatever became of the pipeline. */
export interface ExecutionRecord extends ExecutionProgress {
  readonly arn: string;
  readonly id: string;
  readonly region: string;
  readonly pipelineArn: string;
  readonly pipelineName: string;
  /** The version of the pipeline that it runs. */
  readonly pipelineVersion?: number;
  readonly roleArn?: string;
  readonly token?: string;
  readonly createdTime: number;
  readonly definition: PipelineDefinition;
  /** The text as it was given, byte for byte. */
  readonly definitionText: string;
  /** The parameters given at the start, as text. */
  readonly overrides: readonly { readonly Name: string; readonly Value: string }[];
  readonly parameters: { readonly [name: string]: NonNullable<ParameterDefinition["DefaultValue"]> };
  /** The steps that a selective execution runs, and the execution whose outputs the others have. */
  readonly selection?: { readonly steps: readonly string[]; readonly source?: string };
  /** In the order in which they began. */
  readonly steps: readonly StepRecord[];
}
