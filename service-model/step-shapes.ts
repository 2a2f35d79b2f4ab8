import { defined } from "./defined.ts";
import { memberShapes } from "./member-shapes.ts";
import { generatedModel, type Shape } from "./service-model.ts";
import { madeBy, requestOf } from "./step-types.ts";

/** The names of a step type's shapes. A shape is absent if any value is allowed or the shape is not known. */
export interface StepShapes {
  /** The shape of the step's `Arguments`. */
  readonly arguments?: string;
  /** The shape of the step's members beside `Arguments`. */
  readonly members: string;
  /** The shape of the properties that `Steps.<name>.` reads. */
  readonly properties?: string;
}

const structure = (members: Readonly<Record<string, string>>): Shape => ({ type: "structure", members });
const listOf = (member: string): Shape => ({ type: "list", member });

/**
 * The shapes of arguments and properties that are not the request or response of an AWS operation. Names begin with the step type.
 *
 * Sources: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html,
 * https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-properties.html, and the definitions that the SageMaker
 * Python SDK emits.
 */
const pipelineShapes: Readonly<Record<string, Shape>> = {
  ...memberShapes,
  Text: { type: "string" },
  Count: { type: "integer" },
  TextMap: { type: "map", key: "Text", value: "Text" },
  "EMR.Arguments": structure({
    StepConfig: "EMR.StepConfig",
    ClusterId: "emr.ClusterId",
    ClusterConfig: "emr.RunJobFlowInput",
    ExecutionRoleArn: "RoleArn",
  }),
  "EMR.StepConfig": structure({
    Name: "emr.XmlStringMaxLen256",
    ActionOnFailure: "emr.ActionOnFailure",
    HadoopJarStep: "emr.HadoopJarStepConfig",
  }),
  "EMRServerless.Arguments": structure({
    ExecutionRoleArn: "RoleArn",
    JobConfig: "emr-serverless.StartJobRunRequest",
    ApplicationId: "emr-serverless.ApplicationId",
    ApplicationConfig: "emr-serverless.CreateApplicationRequest",
  }),
  "Lambda.Properties": structure({ OutputParameters: "AnyMap" }),
  "Callback.Properties": structure({ OutputParameters: "AnyMap" }),
  // One value of a Lambda function's or a callback's answer, by the type that the step declares.
  "Answer.String": { type: "string" },
  "Answer.Integer": { type: "integer" },
  "Answer.Float": { type: "double" },
  "Answer.Boolean": { type: "boolean" },
  // `ConditionStep` of the SageMaker Python SDK
  "Condition.Properties": structure({ Outcome: "Any" }),
  // The members of the API's `ForEachStepMetadata`. `IterationOutputs` and `Selected` are handled separately.
  "ForEach.Properties": structure({
    Status: "Text",
    InputItemCount: "Count",
    TotalStepCount: "Count",
    SucceededStepCount: "Count",
    FailedStepCount: "Count",
    StoppedStepCount: "Count",
    Selector: "ForEach.Selected",
  }),
  "ForEach.Selected": structure({ StepName: "Text", Index: "Count" }),
  AnyMap: { type: "map", key: "Text", value: "Any" },
  "QualityCheck.Properties": structure({
    CalculatedBaselineStatistics: "S3Uri",
    CalculatedBaselineConstraints: "S3Uri",
    BaselineUsedForDriftCheckStatistics: "S3Uri",
    BaselineUsedForDriftCheckConstraints: "S3Uri",
  }),
  "ClarifyCheck.Properties": structure({
    CalculatedBaselineConstraints: "S3Uri",
    BaselineUsedForDriftCheckConstraints: "S3Uri",
  }),
  "Lineage.Arguments": structure({
    Actions: "Lineage.Actions",
    Artifacts: "Lineage.Artifacts",
    Contexts: "Lineage.Contexts",
    Associations: "Lineage.Associations",
  }),
  "Lineage.Actions": listOf("CreateActionRequest"),
  "Lineage.Artifacts": listOf("CreateArtifactRequest"),
  "Lineage.Contexts": listOf("CreateContextRequest"),
  "Lineage.Associations": listOf("Lineage.Association"),
  "Lineage.Association": structure({
    Source: "Lineage.Entity",
    Destination: "Lineage.Entity",
    AssociationType: "AssociationEdgeType",
  }),
  "Lineage.Entity": structure({ Name: "Text", Type: "Text", Arn: "AssociationEntityArn" }),
  "Lineage.Properties": structure({ ActionArns: "TextMap", ArtifactArns: "TextMap", ContextArns: "TextMap" }),
  "Cleanup.Arguments": structure({ Resources: "Cleanup.Resources" }),
  "Cleanup.Resources": structure({ S3: "Cleanup.S3" }),
  "Cleanup.S3": listOf("Cleanup.Source"),
  "Cleanup.Source": structure({ StepName: "Text", S3Uris: "Cleanup.Uris" }),
  "Cleanup.Uris": listOf("S3Uri"),
};

/** Members of a step's properties that the response of its Describe operation does not have, by step type. */
const furtherProperties: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Properties may refer to members inside this JSON text, as in a structure.
  Job: { JobConfigDocument: "AnyMap" },
  Tuning: { TrainingJobSummaries: "HyperParameterTrainingJobSummaries" },
  EMR: { ClusterId: "emr.ClusterId" },
};

/** The operations behind the arguments and properties of step types that have no kind of job. */
export const otherOperations: Readonly<Record<string, { readonly request?: string; readonly response?: string }>> = {
  ClarifyCheck: { request: "CreateProcessingJob" },
  QualityCheck: { request: "CreateProcessingJob" },
  InferenceComponent: { request: "CreateInferenceComponent", response: "DescribeInferenceComponent" },
  EMR: { response: "emr.DescribeStep" },
  EMRServerless: { response: "emr-serverless.GetJobRun" },
  BedrockCustomModel: { request: "bedrock.CreateCustomModel", response: "bedrock.GetCustomModel" },
  BedrockCustomModelDeployment: {
    request: "bedrock.CreateCustomModelDeployment",
    response: "bedrock.GetCustomModelDeployment",
  },
  BedrockModelImport: { request: "bedrock.CreateModelImportJob", response: "bedrock.GetModelImportJob" },
  BedrockProvisionedModelThroughput: {
    request: "bedrock.CreateProvisionedModelThroughput",
    response: "bedrock.GetProvisionedModelThroughput",
  },
};

/** A cache of the shapes that combine the members of an AWS shape with `furtherProperties`. */
const madeShapes: Record<string, Shape> = {};

/** Returns a shape by its name. */
export function shapeNamed(name: string): Shape | undefined {
  return generatedModel().shapes[name] ?? pipelineShapes[name] ?? madeShapes[name];
}

/** Request members that SageMaker Pipelines fills in for services other than SageMaker. */
const ofOtherServices: Readonly<Record<string, readonly string[]>> = {
  EMR: ["Name"],
  EMRServerless: ["clientToken", "applicationId"],
};

/**
 * Returns the request members that a step may leave out because SageMaker Pipelines fills them in: the name of the created
 * resource, and the role, for which it uses the pipeline's own.
 */
export function filledInMembers(type: string): ReadonlySet<string> {
  const known = filledIn.get(type);
  if (known !== undefined) return known;
  const names = new Set(["RoleArn", ...(ofOtherServices[type] ?? []), madeBy(type)?.nameMember ?? ""]);
  filledIn.set(type, names);
  return names;
}

const filledIn = new Map<string, ReadonlySet<string>>();

const stepShapes = new Map<string, StepShapes>();

/** Returns the shapes of a step type. */
export function stepShapesOf(type: string): StepShapes {
  const known = stepShapes.get(type) ?? makeStepShapes(type);
  stepShapes.set(type, known);
  return known;
}

function makeStepShapes(type: string): StepShapes {
  const { operations } = generatedModel();
  const kind = madeBy(type)?.kind;
  const { request = requestOf(type), response = kind && `Describe${kind}` } = otherOperations[type] ?? {};
  const ownArguments = `${type}.Arguments` in pipelineShapes ? `${type}.Arguments` : undefined;
  const argumentShape = ownArguments ?? operations[request ?? ""]?.request;
  const properties = propertiesShape(type, operations[response ?? ""]?.response);
  const members = `${type}.Members` in pipelineShapes ? `${type}.Members` : "Step.Members";
  return { members, ...defined({ arguments: argumentShape, properties }) };
}

/** Returns the shape of a step's properties: the response of an operation, with the members that SageMaker Pipelines adds. */
function propertiesShape(type: string, response: string | undefined): string | undefined {
  const own = `${type}.Properties`;
  if (own in pipelineShapes || response === undefined) return own in pipelineShapes ? own : undefined;
  // EMR's response has the description in its member `Step`.
  const members = shapeNamed(response)?.members ?? {};
  const wrapped = (type === "EMR" ? members["Step"] : undefined) ?? response;
  const further = furtherProperties[type];
  if (further === undefined && !response.startsWith("bedrock.")) return wrapped;
  const all = { ...shapeNamed(wrapped)?.members, ...further };
  const capital = (name: string) => (response.startsWith("bedrock.") ? name[0]?.toUpperCase() + name.slice(1) : name);
  madeShapes[own] = structure(Object.fromEntries(Object.entries(all).map(([name, of]) => [capital(name), of])));
  return own;
}
