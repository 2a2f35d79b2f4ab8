import type { StackConfiguration } from "./stack-configuration.ts";

/** The environment variables of AWS's template for SageMaker training, with the configuration keys that they set. */
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

/** An environment variable that is set, and its configuration key. */
export interface TemplateVariable {
  readonly variable: string;
  readonly key: keyof StackConfiguration;
  readonly value: string;
}

/**
 * Returns the template's variables that the environment sets. The stack's own configuration has precedence over them.
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
