import type { Exchange, Run } from "./replay.ts";

type Body = Readonly<Record<string, unknown>>;

const [group, pipeline] = ["AWS::SageMaker::ModelPackageGroup", "AWS::SageMaker::Pipeline"];
let tokens = 0;

/** Returns a request that changes a resource, and the request for its result. */
function change(operation: string, TypeName: string, Identifier: string, body: Body, token: string): Exchange[] {
  const event = { TypeName, Identifier, RequestToken: token, Operation: operation.toUpperCase(), EventTime: 1 };
  const answer = (OperationStatus: string) => ({ status: 200, body: { ProgressEvent: { ...event, OperationStatus } } });
  const ClientToken = `00000000-0000-4000-8000-${String(++tokens).padStart(12, "0")}`;
  return [
    {
      request: { target: `CloudApiService.${operation}Resource`, body: { ClientToken, TypeName, ...body } },
      response: answer("IN_PROGRESS"),
    },
    {
      request: { target: "CloudApiService.GetResourceRequestStatus", body: { RequestToken: token } },
      response: answer("SUCCESS"),
    },
  ];
}

function get(TypeName: string, Identifier: string, properties: Body): Exchange {
  const ResourceDescription = { Identifier, Properties: JSON.stringify(properties) };
  return {
    request: { target: "CloudApiService.GetResource", body: { Identifier, TypeName } },
    response: { status: 200, body: { TypeName, ResourceDescription } },
  };
}

const groupState = (description: string) => ({
  ModelPackageGroupDescription: description,
  ModelPackageGroupName: "models",
  Tags: [{ Key: "stack", Value: "a" }],
});
const definition = (ErrorMessage: string) => ({
  PipelineDefinitionBody: JSON.stringify({
    Version: "2020-12-01",
    Metadata: {},
    Parameters: [],
    Steps: [{ Name: "Stop", Type: "Fail", Arguments: { ErrorMessage } }],
  }),
});
const pipelineState = (message: string, tag: string) => ({
  ParallelismConfiguration: { MaxParallelExecutionSteps: 4 },
  PipelineDefinition: definition(message),
  PipelineDescription: "d",
  PipelineDisplayName: "Models",
  PipelineName: "Models-dev",
  RoleArn: "arn:aws:iam::123456789012:role/models-dev",
  Tags: [{ Key: "stack", Value: tag }],
});
const create = (type: string, id: string, token: string, state: Body) => [
  ...change("Create", type, id, { DesiredState: JSON.stringify(state) }, token),
  get(type, id, state),
];
const patch = (message: string, tag: string) => {
  const operations = [
    { op: "replace", path: "/PipelineDefinition", value: definition(message) },
    { op: "replace", path: "/Tags", value: [{ Key: "stack", Value: tag }] },
  ];
  return { Identifier: "Models-dev", PatchDocument: JSON.stringify(operations) };
};
const remove = (type: string, id: string, token: string) => change("Delete", type, id, { Identifier: id }, token);

/** The requests that aws-native sends to create, update, refresh and destroy a pipeline and a model package group. */
export const providerSequence: readonly Run[] = [
  {
    when: "create both resources",
    exchanges: [
      ...create(group, "group-1", "token-1", groupState("one")),
      ...create(pipeline, "Models-dev", "token-2", pipelineState("v1", "a")),
    ],
  },
  {
    when: "update the pipeline and replace the group",
    exchanges: [
      ...change("Update", pipeline, "Models-dev", patch("v2", "b"), "token-3"),
      get(pipeline, "Models-dev", pipelineState("v2", "b")),
      ...remove(group, "group-1", "token-4"),
      ...create(group, "group-2", "token-5", groupState("two")),
    ],
  },
  {
    when: "refresh both resources",
    exchanges: [
      get(pipeline, "Models-dev", pipelineState("v2", "b")),
      get(group, "group-2", groupState("two")),
      get(pipeline, "Models-dev", pipelineState("v2", "b")),
    ],
  },
  {
    when: "destroy both resources",
    exchanges: [...remove(pipeline, "Models-dev", "token-6"), ...remove(group, "group-2", "token-7")],
  },
];
