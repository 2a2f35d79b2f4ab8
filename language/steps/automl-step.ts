import type {
  AutoMLJobConfig,
  ContainerDefinition,
  CreateAutoMLJobRequest,
  DescribeAutoMLJobResponse,
} from "@aws-sdk/client-sagemaker";
import type { Expressible } from "../expressions/expressible.ts";
import { type JobArguments, plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** `CreateAutoMLJob`, less what the pipeline service does not take: a model to deploy, and definitions without a job. */
export type AutoMLArguments = JobArguments<
  Omit<CreateAutoMLJobRequest, "ModelDeployConfig" | "GenerateCandidateDefinitionsOnly" | "AutoMLJobConfig"> & {
    AutoMLJobConfig: Omit<AutoMLJobConfig, "Mode"> & { Mode: "ENSEMBLING" };
  },
  "AutoMLJobName"
>;

/** Its properties have the shape of `DescribeAutoMLJob`. */
export type AutoMLStep = TypedJobStep<"AutoML", DescribeAutoMLJobResponse>;

/**
 * A step that finds a model for a table by itself (Autopilot). The service takes the mode `ENSEMBLING` only.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-autopilot
 */
export function autoMLStep(name: string, options: WithArguments<AutoMLArguments, JobStepOptions>): AutoMLStep {
  return plainJobStep("AutoML", name, options);
}

/** Environment variables that the inference container of an ensemble needs. */
const environment = [
  "MODEL_NAME",
  "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT",
  "SAGEMAKER_SUBMIT_DIRECTORY",
  "SAGEMAKER_INFERENCE_SUPPORTED",
  "SAGEMAKER_INFERENCE_OUTPUT",
  "SAGEMAKER_PROGRAM",
];

/** The container of the best model that an AutoML step found, for a {@link modelStep}. */
export function bestCandidateContainer(step: AutoMLStep): Expressible<ContainerDefinition> {
  const container = step.properties.BestCandidate.InferenceContainers.at(0);
  return {
    Image: container.Image,
    Environment: Object.fromEntries(environment.map((name) => [name, container.Environment.at(name)])),
    ModelDataUrl: container.ModelDataUrl,
  };
}
