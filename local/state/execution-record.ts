import type { PipelineExecutionStepMetadata } from "@aws-sdk/client-sagemaker";
import type { Json, ParameterDefinition, PipelineDefinition } from "../../pipelines/sagemaker/definition.ts";

export type ExecutionStatus = "Executing" | "Stopping" | "Stopped" | "Failed" | "Succeeded";
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
  /** SHA-256 of the arguments that decide whether a later run may take this one's outputs. */
  readonly cacheKey?: string;
  /** The execution whose outputs this step took instead of running. */
  readonly cacheSource?: string;
  /** What `Steps.<name>.` refers to: the job's or the model package's description. */
  readonly properties?: Json;
}

/** An execution with everything it needs: the definition is the one of its start, whatever became of the pipeline. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly id: string;
  readonly region: string;
  readonly pipelineArn: string;
  readonly pipelineName: string;
  readonly roleArn?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly token?: string;
  readonly status: ExecutionStatus;
  readonly failureReason?: string;
  readonly createdTime: number;
  readonly modifiedTime: number;
  readonly definition: PipelineDefinition;
  /** The text as it was given, byte for byte. */
  readonly definitionText: string;
  /** The parameters given at the start, as text. */
  readonly overrides: readonly { readonly Name: string; readonly Value: string }[];
  readonly parameters: { readonly [name: string]: NonNullable<ParameterDefinition["DefaultValue"]> };
  readonly maxParallelSteps?: number;
  /** In the order in which they began. */
  readonly steps: readonly StepRecord[];
}
