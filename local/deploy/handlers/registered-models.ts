import { DeleteModelPackageCommand, paginateListModelPackages, type SageMakerClient } from "@aws-sdk/client-sagemaker";

/** Deletes every model that is registered in a group, as AWS deletes no group that holds any. */
export async function deleteModels(client: SageMakerClient, ModelPackageGroupName: string): Promise<void> {
  const arns: string[] = [];
  for await (const { ModelPackageSummaryList = [] } of paginateListModelPackages({ client }, { ModelPackageGroupName }))
    arns.push(...ModelPackageSummaryList.flatMap(({ ModelPackageArn }) => ModelPackageArn ?? []));
  for (const ModelPackageName of arns) await client.send(new DeleteModelPackageCommand({ ModelPackageName }));
}
