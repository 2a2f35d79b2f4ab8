import type { Resource } from "../../../policy/rules/rule.ts";
import { type Change, given, type Mistake } from "./mistake.ts";

interface Step {
  readonly Name: string;
  readonly Type: string;
  readonly Arguments: Record<string, unknown>;
}
type Definition = { readonly Parameters: readonly Record<string, unknown>[]; readonly Steps: readonly Step[] };

const pipeline = "aws-native:sagemaker:Pipeline";

const bodyOf = (resource: Resource) =>
  (resource.props["pipelineDefinition"] as { pipelineDefinitionBody: string }).pipelineDefinitionBody;

/** A pipeline with another definition. */
const definition = (change: (definition: Definition) => object): Change => ({
  of: ({ type }) => type === pipeline,
  to: (found) => {
    const pipelineDefinitionBody = JSON.stringify(change(JSON.parse(bodyOf(found))));
    return { ...found, props: { ...found.props, pipelineDefinition: { pipelineDefinitionBody } } };
  },
});

/** A definition with one step more, at its end. */
const step = (Type: string, Arguments: object): Change =>
  definition((all) => ({ ...all, Steps: [...all.Steps, { Name: "Added", Type, Arguments }] }));

/** A definition whose parameter of the approval status is another. */
const parameter = (change: object): Change =>
  definition((all) => ({
    ...all,
    Parameters: all.Parameters.map((each) => (each["Name"] === "ModelApprovalStatus" ? { ...each, ...change } : each)),
  }));

const VpcConfig = { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] };
const pending = "PendingManualApproval";

const table: readonly (readonly [string, string, Change, RegExp])[] = [
  [
    "pipeline-definition-known",
    "a definition that someone else uploads",
    given(pipeline, { pipelineDefinition: { pipelineDefinitionS3Location: { bucket: "other", key: "a.json" } } }),
    /no JSON text of the stack/,
  ],
  [
    "pipeline-definition-known",
    "a definition that is no JSON",
    given(pipeline, { pipelineDefinition: { pipelineDefinitionBody: "Steps: []" } }),
    /no JSON text/,
  ],
  ["pipeline-registers-pending", "a model of any status", step("RegisterModel", {}), /Added can register/],
  [
    "pipeline-registers-pending",
    "a model that is approved",
    step("RegisterModel", { ModelApprovalStatus: "Approved" }),
    /Added can register an approved model/,
  ],
  [
    "pipeline-registers-pending",
    "a model that is approved in a branch",
    step("Condition", {
      IfSteps: [],
      ElseSteps: [{ Name: "Hidden", Type: "RegisterModel", Arguments: { ModelApprovalStatus: "Approved" } }],
    }),
    /Hidden can register/,
  ],
  [
    "pipeline-registers-pending",
    "a status that is put together",
    step("RegisterModel", { ModelApprovalStatus: { "Std:Join": { On: "", Values: [pending] } } }),
    /Added/,
  ],
  ["pipeline-registers-pending", "a parameter without an enum", parameter({ EnumValues: undefined }), /only value/],
  [
    "pipeline-registers-pending",
    "a parameter that may be another",
    parameter({ EnumValues: [pending, "Approved"] }),
    /as its default and only value/,
  ],
  ["pipeline-registers-pending", "a parameter without a default", parameter({ DefaultValue: undefined }), /default/],
  [
    "stack-in-one-account",
    "a step with another account's role",
    step("Callback", { RoleArn: "arn:aws:iam::999999999999:role/other" }),
    /999999999999/,
  ],
  [
    "stack-in-one-account",
    "a pipeline with another account's role",
    given(pipeline, { roleArn: "arn:aws:iam::999999999999:role/other" }),
    /999999999999/,
  ],
  [
    "model-package-group-protected",
    "a group of models that can be deleted",
    given("aws-native:sagemaker:ModelPackageGroup", {}, false),
    /can be deleted by mistake, while the bucket cannot/,
  ],
];

/** In a stack whose jobs are in a VPC. */
const networks: readonly (readonly [string, string, Change, RegExp])[] = [
  ["pipeline-traffic-encrypted", "plain text to train", step("Training", { VpcConfig }), /Added talks in plain text/],
  [
    "pipeline-traffic-encrypted",
    "plain text to process",
    step("Processing", { NetworkConfig: { VpcConfig, EnableInterContainerTrafficEncryption: false } }),
    /set EnableInterContainerTrafficEncryption/,
  ],
  [
    "pipeline-traffic-encrypted",
    "plain text to tune",
    step("Tuning", { TrainingJobDefinitions: [{ VpcConfig }] }),
    /Added/,
  ],
  ["pipeline-in-one-network", "training outside", step("Training", {}), /Added is outside the VPC/],
  ["pipeline-in-one-network", "processing outside", step("Processing", {}), /give it a VpcConfig or isolate it/],
];

export const pipelineMistakes: readonly Mistake[] = [...table, ...networks].map(([rule, what, change, says]) => ({
  ...{ rule, what, change, says },
}));
