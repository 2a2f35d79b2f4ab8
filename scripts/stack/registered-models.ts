import { DeleteModelPackageCommand, paginateListModelPackages, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { aws, isNotThere } from "../aws/error.ts";
import { pagesOf } from "../aws/pages.ts";

/**
 * The ARNs of all models that are registered in a group; none where there is no such group (any more).
 *
 * @throws ExitError (6) if AWS refuses or cannot be reached
 */
export async function registeredModels(sagemaker: SageMakerClient, group: string): Promise<readonly string[]> {
  return aws(`Listing the models of ${group} (sagemaker:ListModelPackages)`, () =>
    allModels(sagemaker, group).catch((error: unknown) => {
      if (isNotThere(error)) return [];
      throw error;
    }),
  );
}

async function allModels(sagemaker: SageMakerClient, ModelPackageGroupName: string): Promise<readonly string[]> {
  const arns: string[] = [];
  const pages = paginateListModelPackages({ client: sagemaker }, { ModelPackageGroupName, MaxResults: 100 });
  for await (const page of pagesOf(`Listing the models of ${ModelPackageGroupName}`, pages))
    arns.push(...(page.ModelPackageSummaryList ?? []).flatMap(({ ModelPackageArn }) => ModelPackageArn ?? []));
  return arns;
}

/**
 * Deletes registered models, one after the other.
 *
 * @throws ExitError (6) if AWS refuses or cannot be reached; the reason of `signal` when it is aborted
 */
export async function deleteModels(
  sagemaker: SageMakerClient,
  arns: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const ModelPackageName of arns) {
    signal.throwIfAborted();
    await aws(`Deleting ${ModelPackageName} (sagemaker:DeleteModelPackage)`, () =>
      sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName })),
    );
  }
}
