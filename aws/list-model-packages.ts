import {
  type ModelApprovalStatus,
  type ModelPackageSummary,
  paginateListModelPackages,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { defined } from "../service-model/defined.ts";
import { pagesOf } from "./pages.ts";

/**
 * Lists the model packages of a group, the latest first. Pages may be empty, because AWS filters each page.
 *
 * @param approval lists only packages with this approval status
 * @param enough stops after the page that reaches this number of packages
 * @throws ExitError (6) if the list has no end; otherwise the SDK's own errors
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
