import { bothSpellings } from "../../service-model/arn.ts";
import type { ParameterDefinition, StepDefinition } from "../../service-model/definition.ts";
import type { Permission } from "./statement.ts";
import { valuePatterns } from "./value-patterns.ts";

/** Returns the model package groups that a step registers in, or an empty list if one of them is unknown. */
function groupsOf(step: StepDefinition, parameters: readonly ParameterDefinition[]): readonly string[] {
  const names = valuePatterns(step.Arguments["ModelPackageGroupName"], parameters);
  return names.every((name) => /^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(name)) ? names : [];
}

/**
 * Returns the permissions to register models as PendingManualApproval only, so that no pipeline approves its own model. Returns
 * none if the group is known only during an execution. SageMaker Pipelines always tries to create and tag the group first. If
 * the group exists, the call fails without harm, but IAM has to allow it anyway.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export function registrationPermissions(
  step: StepDefinition,
  parameters: readonly ParameterDefinition[],
  arn: (service: string, resource: string) => string,
): readonly Permission[] {
  const groups = bothSpellings(groupsOf(step, parameters));
  if (groups.length === 0) return [];
  const versions = groups.map((group) => arn("sagemaker", `model-package/${group}/*`));
  return [
    {
      Sid: "MakeModelGroups",
      Action: ["sagemaker:AddTags", "sagemaker:CreateModelPackageGroup"],
      Resource: groups.map((group) => arn("sagemaker", `model-package-group/${group}`)),
    },
    {
      Sid: "RegisterPendingModels",
      Action: ["sagemaker:CreateModelPackage"],
      Resource: versions,
      Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
    },
    { Sid: "DescribeModels", Action: ["sagemaker:AddTags", "sagemaker:DescribeModelPackage"], Resource: versions },
  ];
}
