import type { StackConfiguration } from "./stack-configuration.ts";

/** The variables that AWS's template for SageMaker training sets for a repository, and the keys that they stand for. */
const keys: Readonly<Record<string, keyof StackConfiguration>> = {
  ARTIFACT_BUCKET: "artifactBucket",
  AWS_DEV_ACCOUNT_NUMBER: "account",
  AWS_REGION: "region",
  SAGEMAKER_PIPELINE_ROLE_ARN: "sagemakerPipelineRoleArn",
  SAGEMAKER_PROJECT_ARN: "sagemakerProjectArn",
  SAGEMAKER_PROJECT_ID: "sagemakerProjectId",
  SAGEMAKER_PROJECT_NAME: "sagemakerProjectName",
  SAGEMAKER_PROJECT_NAME_ID: "sagemakerProjectNameId",
};

/** A variable that is set, and the key that it stands for. */
export interface TemplateVariable {
  readonly variable: string;
  readonly key: keyof StackConfiguration;
  readonly value: string;
}

/**
 * What the environment says where the template's variables are set. The stack's own configuration comes before them.
 *
 * @param environment such as `process.env`
 */
export function templateVariables(
  environment: Readonly<Record<string, string | undefined>>,
): readonly TemplateVariable[] {
  return Object.entries(keys).flatMap(([variable, key]) => {
    const value = environment[variable];
    return value === undefined || value === "" ? [] : [{ variable, key, value }];
  });
}
