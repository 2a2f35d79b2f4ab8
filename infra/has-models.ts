import * as pulumi from "@pulumi/pulumi";
import { isNotFound } from "../service-model/not-found.ts";
import { ConfigurationProblems } from "./configuration/configuration-problems.ts";
import { errorLine } from "./error-line.ts";

/** Returns the credentials that the stack's `aws:` settings choose; an empty object if they come from the environment. */
function configuredCredentials() {
  const { "aws:profile": profile, "aws:accessKey": accessKeyId, ...others } = pulumi.runtime.allConfig();
  const { "aws:secretKey": secretAccessKey, "aws:token": sessionToken } = others;
  if (accessKeyId && secretAccessKey)
    return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } };
  return profile ? { profile } : {};
}

/**
 * Asks AWS whether a model package group has models. AWS does not delete a group that has any.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteModelPackageGroup.html
 *
 * @throws ConfigurationProblems with a line if AWS does not say
 */
export async function hasModels(region: string, group: string): Promise<boolean> {
  // Few deploys remove a pipeline, so the others do not load the SDK.
  const { ListModelPackagesCommand, SageMakerClient } = await import("@aws-sdk/client-sagemaker");
  const sagemaker = new SageMakerClient({ region, ...configuredCredentials() });
  try {
    const { ModelPackageSummaryList = [] } = await sagemaker.send(
      new ListModelPackagesCommand({ ModelPackageGroupName: group, MaxResults: 1 }),
    );
    return ModelPackageSummaryList.length > 0;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw new ConfigurationProblems([
      `retiredPipelines: AWS did not say whether the removed group ${group} has models (${errorLine(error)}); allow sagemaker:ListModelPackages, and try again`,
    ]);
  }
}
