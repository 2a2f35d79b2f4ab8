import type { Step as EmrStepDescription, RunJobFlowInput, StepConfig } from "@aws-sdk/client-emr";
import type { Expressible, ExpressibleObject } from "../expressions/expressible.ts";
import type { Value } from "../expressions/expression.ts";
import { plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** The members of Amazon EMR's `RunJobFlow` that SageMaker does not set itself. */
export type EmrClusterConfig = ExpressibleObject<
  Omit<RunJobFlowInput, "Name" | "Steps" | "Instances"> & {
    Instances: Omit<NonNullable<RunJobFlowInput["Instances"]>, "KeepJobFlowAliveWhenNoSteps" | "TerminationProtected">;
  }
>;

/** The job, and either the id of an existing cluster or the configuration of a new one. */
export type EmrArguments = {
  readonly StepConfig: { readonly HadoopJarStep: Expressible<NonNullable<StepConfig["HadoopJarStep"]>> };
  /** The runtime role of this step. The cluster must allow runtime roles. */
  readonly ExecutionRoleArn?: Value<string>;
} & (
  | { readonly ClusterId: Value<string>; readonly ClusterConfig?: never }
  | { readonly ClusterConfig: EmrClusterConfig; readonly ClusterId?: never }
);

/** A step whose properties have the shape of Amazon EMR's `DescribeStep`, plus the id of the cluster. */
export type EmrStep = TypedJobStep<"EMR", EmrStepDescription & { ClusterId: string }>;

/**
 * Declares a step that runs a job on Amazon EMR, on an existing cluster or on one that lives only for the job.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-emr
 */
export function emrStep(name: string, options: WithArguments<EmrArguments, JobStepOptions>): EmrStep {
  return plainJobStep("EMR", name, options);
}
