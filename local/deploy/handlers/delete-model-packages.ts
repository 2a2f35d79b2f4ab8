import { DeleteModelPackageCommand, paginateListModelPackages, type SageMakerClient } from "@aws-sdk/client-sagemaker";

/** Deletes every model package of a group, because AWS deletes only empty groups. */
export async function deleteModelPackages(client: SageMakerClient, ModelPackageGroupName: string): Promise<void> {
  const arns: string[] = [];
  for await (const { ModelPackageSummaryList = [] } of paginateListModelPackages({ client }, { ModelPackageGroupName }))
    arns.push(...ModelPackageSummaryList.flatMap(({ ModelPackageArn }) => ModelPackageArn ?? []));
  for (const ModelPackageName of arns) await client.send(new DeleteModelPackageCommand({ ModelPackageName }));
}
