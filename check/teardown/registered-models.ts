import { DeleteModelPackageCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { aws } from "../../aws/error.ts";
import { listModelPackages } from "../../aws/list-model-packages.ts";
import { isNotFound } from "../../service-model/not-found.ts";

/**
 * Lists the ARNs of all models in a group; empty if the group does not exist.
 *
 * @throws ExitError (6) if an AWS call fails
 */
export async function registeredModels(sagemaker: SageMakerClient, group: string): Promise<readonly string[]> {
  return aws(`Listing the models of ${group} (sagemaker:ListModelPackages)`, () =>
    listModelPackages(sagemaker, group).then(
      (packages) => packages.flatMap(({ ModelPackageArn }) => ModelPackageArn ?? []),
      (error: unknown) => {
        if (isNotFound(error)) return [];
        throw error;
      },
    ),
  );
}

/**
 * Deletes registered models, one after the other.
 *
 * @throws ExitError (6) if an AWS call fails; the reason of `signal` when it is aborted
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
