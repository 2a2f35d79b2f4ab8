import type { PipelineDefinition, StepDefinition } from "../../pipelines/sagemaker/definition.ts";
import type { Permission } from "./statement.ts";
import { places, valuePatterns } from "./value-patterns.ts";

/**
 * What the role needs to give their roles to jobs: exactly those, and to SageMaker alone.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function rolePermissions(
  steps: readonly StepDefinition[],
  { Parameters }: PipelineDefinition,
): readonly Permission[] {
  const roles = steps
    .flatMap(({ Arguments }) => places(Arguments))
    .filter(({ path }) => path.at(-1) === "RoleArn" || path.at(-1) === "ExecutionRoleArn")
    .flatMap(({ value }) => valuePatterns(value, Parameters))
    .filter((role) => role.startsWith("arn:") && !role.includes("*"));
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
