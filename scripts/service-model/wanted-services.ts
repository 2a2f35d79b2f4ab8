import { operations } from "../../local/api/registry.ts";
import { requestOf, stepTypes } from "../../service-model/step-types.ts";

/** A service, and the operations whose requests, or whose responses, the model contains. */
export interface WantedService {
  /** The service's folder in botocore's data, and the one of its API's version. */
  readonly name: string;
  readonly apiVersion: string;
  /** Stands before the names of its operations and shapes, which other services may have too. */
  readonly prefix: string;
  readonly requests: readonly string[];
  readonly responses: readonly string[];
}

/** `CreateTrainingJob` and the others that the arguments of steps are requests of. */
const stepRequests = Object.keys(stepTypes).flatMap((type) => requestOf(type) ?? []);

/**
 * What the service model contains: the requests that steps make, the responses whose shape their properties have, and the
 * requests that the local endpoint answers.
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
        // Of the steps InferenceComponent and Lineage.
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
