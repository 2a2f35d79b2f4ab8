import type { Step as EmrStepDescription, RunJobFlowInput, StepConfig } from "@aws-sdk/client-emr";
import type { Expressible, ExpressibleObject } from "../expressions/expressible.ts";
import type { Value } from "../expressions/expression.ts";
import { plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** `RunJobFlow` of Amazon EMR, less what the pipeline service decides itself. */
export type EmrClusterConfig = ExpressibleObject<
  Omit<RunJobFlowInput, "Name" | "Steps" | "Instances"> & {
    Instances: Omit<NonNullable<RunJobFlowInput["Instances"]>, "KeepJobFlowAliveWhenNoSteps" | "TerminationProtected">;
  }
>;

/** The job, and either the cluster that runs it or the one to make for it. */
export type EmrArguments = {
  readonly StepConfig: { readonly HadoopJarStep: Expressible<NonNullable<StepConfig["HadoopJarStep"]>> };
  /** A role for this step alone, on a cluster that allows runtime roles. */
  readonly ExecutionRoleArn?: Value<string>;
} & (
  | { readonly ClusterId: Value<string>; readonly ClusterConfig?: never }
  | { readonly ClusterConfig: EmrClusterConfig; readonly ClusterId?: never }
);

/** Its properties have the shape of `DescribeStep` of Amazon EMR, and the id of the cluster. */
export type EmrStep = TypedJobStep<"EMR", EmrStepDescription & { ClusterId: string }>;

/**
 * A step that runs a job on an Amazon EMR cluster, a running one or one that is made for it and ended after it.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-emr
 */
export function emrStep(name: string, options: WithArguments<EmrArguments, JobStepOptions>): EmrStep {
  return plainJobStep("EMR", name, options);
}
