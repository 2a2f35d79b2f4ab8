import { operations } from "../../local/api/registry.ts";
import { requestOf, stepTypes } from "../../service-model/step-types.ts";

/** A service, and the operations whose requests or responses the model contains. */
export interface WantedService {
  /** The service's folder in botocore's data, and the folder of the API's version in it. */
  readonly name: string;
  readonly apiVersion: string;
  /** The prefix of the service's operations and shapes, because two services may use the same names. */
  readonly prefix: string;
  readonly requests: readonly string[];
  readonly responses: readonly string[];
}

/** The operations whose requests are the arguments of steps, such as `CreateTrainingJob`. */
const stepRequests = Object.keys(stepTypes).flatMap((type) => requestOf(type) ?? []);

/**
 * The content of the service model: the requests of steps, the responses that their properties come from, and the requests that
 * the local endpoint answers.
 */
export const wantedServices: readonly WantedService[] = [
  {
    name: "sagemaker",
    apiVersion: "2017-07-24",
    prefix: "",
    requests: [
      ...new Set([
        ...Object.keys(operations),
        ...stepRequests,
        // The requests of InferenceComponent and Lineage steps.
        "CreateInferenceComponent",
        "CreateAction",
        "CreateArtifact",
        "CreateContext",
        "AddAssociation",
      ]),
    ],
    responses: [
      ...new Set(stepRequests.map((operation) => operation.replace("Create", "Describe"))),
      "DescribeInferenceComponent",
      "ListTrainingJobsForHyperParameterTuningJob",
    ],
  },
  {
    name: "emr",
    apiVersion: "2009-03-31",
    prefix: "emr.",
    requests: ["AddJobFlowSteps", "RunJobFlow"],
    responses: ["DescribeStep"],
  },
  {
    name: "emr-serverless",
    apiVersion: "2021-07-13",
    prefix: "emr-serverless.",
    requests: ["CreateApplication", "StartJobRun"],
    responses: ["GetJobRun"],
  },
  {
    name: "bedrock",
    apiVersion: "2023-04-20",
    prefix: "bedrock.",
    requests: [
      "CreateCustomModel",
      "CreateCustomModelDeployment",
      "CreateModelImportJob",
      "CreateProvisionedModelThroughput",
    ],
    responses: ["GetCustomModel", "GetCustomModelDeployment", "GetModelImportJob", "GetProvisionedModelThroughput"],
  },
];
