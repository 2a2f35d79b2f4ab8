import { DeleteModelPackageCommand, paginateListModelPackages, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { aws } from "../execution/aws-error.ts";

/**
 * The ARNs of all models that are registered in a group; none where there is no such group (any more).
 *
 * @throws ExitError (6) if AWS refuses or cannot be reached
 */
export async function registeredModels(sagemaker: SageMakerClient, group: string): Promise<readonly string[]> {
  return aws(`Listing the models of ${group} (sagemaker:ListModelPackages)`, () =>
    allModels(sagemaker, group).catch(nothingIfGone),
  );
}

async function allModels(sagemaker: SageMakerClient, ModelPackageGroupName: string): Promise<readonly string[]> {
  const arns: string[] = [];
  const paging = { client: sagemaker, stopOnSameToken: true };
  for await (const page of paginateListModelPackages(paging, { ModelPackageGroupName, MaxResults: 100 }))
    arns.push(...(page.ModelPackageSummaryList ?? []).flatMap(({ ModelPackageArn }) => ModelPackageArn ?? []));
  return arns;
}

function nothingIfGone(error: Error): readonly [] {
  if (error.name === "ResourceNotFound" || /does not exist/.test(error.message)) return [];
  throw error;
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
