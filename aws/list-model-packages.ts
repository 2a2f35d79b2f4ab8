import {
  type ModelApprovalStatus,
  type ModelPackageSummary,
  paginateListModelPackages,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { defined } from "../service-model/defined.ts";
import { pagesOf } from "./pages.ts";

/**
 * The model packages of a group, the latest first: all of them, those of an approval, or pages until there are so many. Pages
 * may be empty, as the list is filtered.
 *
 * @throws ExitError (6) if the list has no end; else the SDK's own errors
 */
export async function listModelPackages(
  sagemaker: SageMakerClient,
  group: string,
  { approval, enough = Number.POSITIVE_INFINITY }: { approval?: ModelApprovalStatus; enough?: number } = {},
): Promise<readonly ModelPackageSummary[]> {
  const request = {
    ModelPackageGroupName: group,
    SortBy: "CreationTime",
    SortOrder: "Descending",
    MaxResults: 100,
    ...defined({ ModelApprovalStatus: approval }),
  } as const;
  const packages: ModelPackageSummary[] = [];
  const pages = paginateListModelPackages({ client: sagemaker }, request);
  for await (const page of pagesOf(`Listing the models of ${group}`, pages)) {
    packages.push(...(page.ModelPackageSummaryList ?? []));
    if (packages.length >= enough) break;
  }
  return packages;
}
