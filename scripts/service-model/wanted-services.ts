import { operations } from "../../local/api/registry.ts";
import { otherOperations } from "../../service-model/step-shapes.ts";
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

/** Returns the operations of a service behind steps that have no kind of job. SageMaker's operations have no prefix. */
function withoutJob(side: "request" | "response", prefix: string): readonly string[] {
  return Object.values(otherOperations)
    .flatMap((operations) => operations[side] ?? [])
    .filter((name) => name.slice(0, name.indexOf(".") + 1) === prefix)
    .map((name) => name.slice(prefix.length));
}

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
        ...withoutJob("request", ""),
        // The requests of Lineage steps.
        "CreateAction",
        "CreateArtifact",
        "CreateContext",
        "AddAssociation",
      ]),
    ],
    responses: [
      ...new Set(stepRequests.map((operation) => operation.replace("Create", "Describe"))),
      ...withoutJob("response", ""),
      "ListTrainingJobsForHyperParameterTuningJob",
    ],
  },
  {
    name: "emr",
    apiVersion: "2009-03-31",
    prefix: "emr.",
    requests: ["AddJobFlowSteps", "RunJobFlow"],
    responses: withoutJob("response", "emr."),
  },
  {
    name: "emr-serverless",
    apiVersion: "2021-07-13",
    prefix: "emr-serverless.",
    requests: ["CreateApplication", "StartJobRun"],
    responses: withoutJob("response", "emr-serverless."),
  },
  {
    name: "bedrock",
    apiVersion: "2023-04-20",
    prefix: "bedrock.",
    requests: withoutJob("request", "bedrock."),
    responses: withoutJob("response", "bedrock."),
  },
];
