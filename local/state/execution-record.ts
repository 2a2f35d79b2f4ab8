import type { PipelineExecutionStepMetadata } from "@aws-sdk/client-sagemaker";
import type { Json, ParameterDefinition, PipelineDefinition } from "../../service-model/definition.ts";

/** The status of an execution, with the values of SageMaker's API. */
export type ExecutionStatus =
  | "Executing"
  | "Stopping"
  | "Stopped"
  | "Failed"
  | "Succeeded"
  /** Steps failed, and steps that depend on a failed step handled the failure. */
  | "CompletedWithFailures";
export type StepStatus = "Starting" | "Executing" | "Stopping" | "Stopped" | "Failed" | "Succeeded";

/** A step that has started. Times are epoch seconds. */
export interface StepRecord {
  readonly name: string;
  readonly type: string;
  readonly status: StepStatus;
  readonly startTime: number;
  readonly endTime?: number;
  readonly failureReason?: string;
  /** A sentence about how the step ran here, which is added to its description. */
  readonly note?: string;
  readonly metadata?: PipelineExecutionStepMetadata;
  /** The number of attempts; missing if the step took its outputs from another execution. */
  readonly attempts?: number;
  /** The SHA-256 of the arguments. A later step with the same cache key can reuse this step's outputs. */
  readonly cacheKey?: string;
  /** The ARN of the execution whose outputs this step took from the step cache. */
  readonly cacheSource?: string;
  /** In a selective execution, the ARN of the source execution of a step that was not selected. */
  readonly selectiveSource?: string;
  /** The values of `Steps.<name>.` expressions: the description of the job or the model package. */
  readonly properties?: Json;
}

/** The members of an execution, other than its steps, that can change after its start. */
export interface ExecutionProgress {
  readonly status: ExecutionStatus;
  readonly failureReason?: string | undefined;
  readonly modifiedTime: number;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly maxParallelSteps?: number | undefined;
  /** The client token of the StopPipelineExecution request. */
  readonly stopToken?: string | undefined;
  /** The client tokens of RetryPipelineExecution requests. A request that repeats a token starts no second retry. */
  readonly retryTokens?: readonly string[];
}

/** An execution. It keeps the definition of its start, even if the pipeline is updated or deleted later. */
export interface ExecutionRecord extends ExecutionProgress {
  readonly arn: string;
  readonly id: string;
  readonly region: string;
  readonly pipelineArn: string;
  readonly pipelineName: string;
  /** The version of the pipeline whose definition it has. */
  readonly pipelineVersion?: number;
  readonly roleArn?: string;
  readonly token?: string;
  readonly createdTime: number;
  readonly definition: PipelineDefinition;
  /** The definition's text, byte for byte as the client sent it. */
  readonly definitionText: string;
  /** The parameters in the StartPipelineExecution request, as text. */
  readonly overrides: readonly { readonly Name: string; readonly Value: string }[];
  readonly parameters: { readonly [name: string]: NonNullable<ParameterDefinition["DefaultValue"]> };
  /** The selected steps of a selective execution, and the ARN of its source execution. */
  readonly selection?: { readonly steps: readonly string[]; readonly source?: string };
  /** The steps that have started, in the order of their start. */
  readonly steps: readonly StepRecord[];
}
