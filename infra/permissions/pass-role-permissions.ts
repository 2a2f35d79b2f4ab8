import type { PipelineDefinition, StepDefinition } from "../../service-model/definition.ts";
import type { Permission } from "./statement.ts";
import { namedTexts } from "./value-patterns.ts";

const roleArn = /^arn:aws[\w-]*:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

/**
 * Returns the permission to pass the roles that steps name, in the role's own account only and to SageMaker only.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function passRolePermissions(
  steps: readonly StepDefinition[],
  { Parameters }: PipelineDefinition,
  account: string,
): readonly Permission[] {
  const roles = steps
    .flatMap(({ Arguments }) =>
      namedTexts(Arguments, Parameters, (path) => /^(Execution)?RoleArn$/.test(path.at(-1) ?? "")),
    )
    .map(({ text }) => text)
    .filter((role) => roleArn.exec(role)?.[1] === account);
  if (roles.length === 0) return [];
  return [
    {
      Sid: "PassRoleToJobs",
      Action: ["iam:PassRole"],
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    },
  ];
}
