import type { Shape } from "./service-model.ts";

/** The members of a step beside `Arguments` that every type may have. The reader checks their values. */
const common = ["DisplayName", "Description", "DependsOn", "CacheConfig", "RetryPolicies", "PropertyFiles"];

const withCommon = (members: Readonly<Record<string, string>>): Shape => ({
  type: "structure",
  members: { ...Object.fromEntries(common.map((name) => [name, "Any"])), ...members },
});

const baseline = {
  SkipCheck: "Flag",
  FailOnViolation: "Flag",
  RegisterNewBaseline: "Flag",
  ModelPackageGroupName: "Text",
  SuppliedBaselineConstraints: "Text",
};

/**
 * Shapes of what a step has beside its `Arguments`, by the step's type.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html, and the definitions that the
 * SageMaker Python SDK emits. Lengths: `LambdaStepMetadata` and `CallbackStepMetadata` of the API.
 */
export const memberShapes: Readonly<Record<string, Shape>> = {
  Flag: { type: "boolean" },
  "Step.Members": withCommon({}),
  "Lambda.Members": withCommon({ FunctionArn: "Lambda.Arn", OutputParameters: "OutputParameters" }),
  "Lambda.Arn": { type: "string", min: 1, max: 256 },
  "Callback.Members": withCommon({ SqsQueueUrl: "Callback.Queue", OutputParameters: "OutputParameters" }),
  "Callback.Queue": { type: "string", min: 1, max: 256 },
  OutputParameters: { type: "list", member: "OutputParameters.Item" },
  "OutputParameters.Item": {
    type: "structure",
    members: { OutputName: "Text", OutputType: "OutputParameters.Type" },
    required: ["OutputName", "OutputType"],
  },
  "OutputParameters.Type": { type: "string", enum: ["String", "Integer", "Boolean", "Float"] },
  "QualityCheck.Members": withCommon({
    ...baseline,
    CheckType: "QualityCheck.Type",
    SuppliedBaselineStatistics: "Text",
  }),
  "QualityCheck.Type": { type: "string", enum: ["DATA_QUALITY", "MODEL_QUALITY"] },
  "ClarifyCheck.Members": withCommon({ ...baseline, CheckType: "ClarifyCheck.Type", ModelName: "Text" }),
  "ClarifyCheck.Type": { type: "string", enum: ["DATA_BIAS", "MODEL_BIAS", "MODEL_EXPLAINABILITY"] },
};
