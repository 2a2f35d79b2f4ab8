import { allow, type PolicyStatement } from "../permissions/policy.ts";
import { type AccessedStack, modelPackageGroupArns, pipelineArns } from "./accessed-stack.ts";

/**
 * Cloud Control has no resources of its own, and does nothing with rights of its own: what it makes, it makes with the
 * caller's, so that the other statements bound it.
 * Source: https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/security.html
 */
const cloudControl = [
  "cloudformation:CreateResource",
  "cloudformation:DeleteResource",
  "cloudformation:GetResource",
  "cloudformation:GetResourceRequestStatus",
  "cloudformation:UpdateResource",
];

const tagging = ["sagemaker:AddTags", "sagemaker:DeleteTags", "sagemaker:ListTags"];

/**
 * The pipelines and the model package groups, as Cloud Control's handlers keep them. No statement lets a group get a
 * policy, which could share its models with other accounts; the update of a group without one asks to delete it.
 * Source: https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-sagemaker (the handlers' permissions)
 */
export function pipelinePermissions(stack: AccessedStack): readonly PolicyStatement[] {
  return [
    allow("UseCloudControl", cloudControl, ["*"]),
    allow(
      "KeepPipelines",
      [
        "sagemaker:CreatePipeline",
        "sagemaker:DeletePipeline",
        "sagemaker:DescribePipeline",
        "sagemaker:UpdatePipeline",
        ...tagging,
      ],
      pipelineArns(stack),
    ),
    allow(
      "KeepModelPackageGroups",
      [
        "sagemaker:CreateModelPackageGroup",
        "sagemaker:DeleteModelPackageGroup",
        "sagemaker:DeleteModelPackageGroupPolicy",
        "sagemaker:DescribeModelPackageGroup",
        "sagemaker:GetModelPackageGroupPolicy",
        ...tagging,
      ],
      modelPackageGroupArns(stack),
    ),
  ];
}
