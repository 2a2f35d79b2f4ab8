import { allow, type PolicyStatement } from "../permissions/policy.ts";
import { type AccessedStack, modelPackageGroupArns, pipelineArns } from "./accessed-stack.ts";

/**
 * The actions of Cloud Control. They support no resource ARNs, but Cloud Control acts with the caller's permissions, so the
 * other statements limit what it can do.
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
 * Returns the permissions that Cloud Control's handlers need for pipelines and model package groups. PutModelPackageGroupPolicy
 * is missing on purpose, because a policy could share models with other accounts. DeleteModelPackageGroupPolicy is present
 * because the handler calls it whenever it updates a group without a policy.
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
