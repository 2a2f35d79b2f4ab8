import type { Resource } from "../../../policy/rules/rule.ts";
import { given, type Mistake, type StackChange } from "./mistake.ts";

interface JsonStep {
  readonly Name: string;
  readonly Type: string;
  readonly Arguments: Record<string, unknown>;
}
type Definition = { readonly Parameters: readonly Record<string, unknown>[]; readonly Steps: readonly JsonStep[] };

const pipeline = "aws-native:sagemaker:Pipeline";

const bodyOf = (resource: Resource) =>
  (resource.props["pipelineDefinition"] as { pipelineDefinitionBody: string }).pipelineDefinitionBody;

/** Changes the definition of the pipeline. */
const definition = (change: (definition: Definition) => object): StackChange => ({
  of: ({ type }) => type === pipeline,
  to: (before) => {
    const pipelineDefinitionBody = JSON.stringify(change(JSON.parse(bodyOf(before))));
    return { ...before, props: { ...before.props, pipelineDefinition: { pipelineDefinitionBody } } };
  },
});

/** Adds a step to the end of the definition. */
const step = (Type: string, Arguments: object): StackChange =>
  definition((all) => ({ ...all, Steps: [...all.Steps, { Name: "Added", Type, Arguments }] }));

/** Changes the parameter ModelApprovalStatus of the definition. */
const parameter = (change: object): StackChange =>
  definition((all) => ({
    ...all,
    Parameters: all.Parameters.map((each) => (each["Name"] === "ModelApprovalStatus" ? { ...each, ...change } : each)),
  }));

const VpcConfig = { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] };
const pending = "PendingManualApproval";

const table: readonly (readonly [string, string, StackChange, RegExp])[] = [
  [
    "pipeline-definition-known",
    "a definition that someone else uploads",
    given(pipeline, { pipelineDefinition: { pipelineDefinitionS3Location: { bucket: "other", key: "a.json" } } }),
    /not a JSON text in this stack/,
  ],
  [
    "pipeline-definition-known",
    "a definition that is not JSON",
    given(pipeline, { pipelineDefinition: { pipelineDefinitionBody: "Steps: []" } }),
    /not a JSON text/,
  ],
  ["pipeline-registers-pending", "a model without an approval status", step("RegisterModel", {}), /Added can register/],
  [
    "pipeline-registers-pending",
    "a model that is registered as approved",
    step("RegisterModel", { ModelApprovalStatus: "Approved" }),
    /Added can register an approved model/,
  ],
  [
    "pipeline-registers-pending",
    "a model that a branch registers as approved",
    step("Condition", {
      IfSteps: [],
      ElseSteps: [{ Name: "Hidden", Type: "RegisterModel", Arguments: { ModelApprovalStatus: "Approved" } }],
    }),
    /Hidden can register/,
  ],
  [
    "pipeline-registers-pending",
    "an approval status built by Std:Join",
    step("RegisterModel", { ModelApprovalStatus: { "Std:Join": { On: "", Values: [pending] } } }),
    /Added/,
  ],
  [
    "pipeline-registers-pending",
    "an approval parameter without an enum",
    parameter({ EnumValues: undefined }),
    /only enum value/,
  ],
  [
    "pipeline-registers-pending",
    "an approval parameter that allows Approved",
    parameter({ EnumValues: [pending, "Approved"] }),
    /whose default and only enum value/,
  ],
  [
    "pipeline-registers-pending",
    "an approval parameter without a default",
    parameter({ DefaultValue: undefined }),
    /default/,
  ],
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
    "a model package group without protection",
    given("aws-native:sagemaker:ModelPackageGroup", {}, false),
    /can be deleted by mistake, unlike the bucket/,
  ],
];

/** Mistakes in a stack whose jobs are in a VPC. */
const networks: readonly (readonly [string, string, StackChange, RegExp])[] = [
  [
    "pipeline-traffic-encrypted",
    "plain text traffic in training",
    step("Training", { VpcConfig }),
    /Added .* talk in plain text/,
  ],
  [
    "pipeline-traffic-encrypted",
    "plain text traffic in processing",
    step("Processing", { NetworkConfig: { VpcConfig, EnableInterContainerTrafficEncryption: false } }),
    /set EnableInterContainerTrafficEncryption/,
  ],
  [
    "pipeline-traffic-encrypted",
    "plain text traffic in tuning",
    step("Tuning", { TrainingJobDefinitions: [{ VpcConfig }] }),
    /Added/,
  ],
  ["pipeline-in-one-network", "training outside of the VPC", step("Training", {}), /Added is outside the VPC/],
  [
    "pipeline-in-one-network",
    "processing outside of the VPC",
    step("Processing", {}),
    /give it a VpcConfig, or set EnableNetworkIsolation/,
  ],
];

export const pipelineMistakes: readonly Mistake[] = [...table, ...networks].map(([rule, what, change, says]) => ({
  ...{ rule, what, change, says },
}));
