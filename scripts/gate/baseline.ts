import {
  DescribeModelPackageCommand,
  type ModelPackageSummary,
  paginateListModelPackages,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { ExitError, exitCode } from "../command/exit-code.ts";
import { aws } from "../execution/aws-error.ts";

/** The approved model that a candidate is compared with. */
export interface Baseline {
  readonly modelPackageArn: string;
  readonly modelUrl: string;
}

/** A filtered list may begin with empty pages, so the first package may be on a later one. */
async function latestApproved(sagemaker: SageMakerClient, group: string): Promise<ModelPackageSummary | undefined> {
  const request = {
    ModelPackageGroupName: group,
    ModelApprovalStatus: "Approved",
    SortBy: "CreationTime",
    SortOrder: "Descending",
  } as const;
  for await (const page of paginateListModelPackages({ client: sagemaker, stopOnSameToken: true }, request)) {
    const [first] = page.ModelPackageSummaryList ?? [];
    if (first !== undefined) return first;
  }
  return undefined;
}

/**
 * The latest approved model package of a group, or undefined if the group has none.
 *
 * @throws ExitError (5) if the package names no model, (6) if AWS cannot be asked
 */
export async function findBaseline(sagemaker: SageMakerClient, group: string): Promise<Baseline | undefined> {
  const latest = await aws(`Reading the models of ${group}`, () => latestApproved(sagemaker, group));
  const arn = latest?.ModelPackageArn;
  if (arn === undefined) return undefined;
  const described = await aws(`Reading ${arn}`, () =>
    sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arn })),
  );
  const modelUrl = described.InferenceSpecification?.Containers?.[0]?.ModelDataUrl;
  if (modelUrl === undefined)
    throw new ExitError(
      exitCode.evaluation,
      `The approved model package ${arn} names no model data, so nothing can be compared with it: reject it or approve another.`,
    );
  return { modelPackageArn: arn, modelUrl };
}
