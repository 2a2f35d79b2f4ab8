import type {
  AutoMLJobConfig,
  ContainerDefinition,
  CreateAutoMLJobRequest,
  DescribeAutoMLJobResponse,
} from "@aws-sdk/client-sagemaker";
import type { Expressible } from "../expressions/expressible.ts";
import { type JobArguments, plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** The members of `CreateAutoMLJob` that a pipeline accepts. Deployment, for example, is not supported. */
export type AutoMLArguments = JobArguments<
  Omit<CreateAutoMLJobRequest, "ModelDeployConfig" | "GenerateCandidateDefinitionsOnly" | "AutoMLJobConfig"> & {
    AutoMLJobConfig: Omit<AutoMLJobConfig, "Mode"> & { Mode: "ENSEMBLING" };
  },
  "AutoMLJobName"
>;

/** A step whose properties have the shape of `DescribeAutoMLJob`. */
export type AutoMLStep = TypedJobStep<"AutoML", DescribeAutoMLJobResponse>;

/**
 * Declares a step that trains the best model for tabular data (Autopilot). Only the mode `ENSEMBLING` is supported.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-autopilot
 */
export function autoMLStep(name: string, options: WithArguments<AutoMLArguments, JobStepOptions>): AutoMLStep {
  return plainJobStep("AutoML", name, options);
}

/** The environment variables that the inference container of an ensemble needs. */
const environment = [
  "MODEL_NAME",
  "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT",
  "SAGEMAKER_SUBMIT_DIRECTORY",
  "SAGEMAKER_INFERENCE_SUPPORTED",
  "SAGEMAKER_INFERENCE_OUTPUT",
  "SAGEMAKER_PROGRAM",
];

/** Returns the container of the best candidate of an AutoML step, for a {@link modelStep}. */
export function bestCandidateContainer(step: AutoMLStep): Expressible<ContainerDefinition> {
  const container = step.properties.BestCandidate.InferenceContainers.at(0);
  return {
    Image: container.Image,
    Environment: Object.fromEntries(environment.map((name) => [name, container.Environment.at(name)])),
    ModelDataUrl: container.ModelDataUrl,
  };
}
