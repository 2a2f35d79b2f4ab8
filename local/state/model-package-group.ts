import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import { modelPackageArn, modelPackageGroupArn } from "./arn.ts";
import type { ModelPackageGroupRecord, ModelPackageRecord, Store } from "./store.ts";

/**
 * Returns a group by its name or ARN.
 *
 * @throws AwsError `ValidationException`, as SageMaker does, for a missing group
 */
export function findGroup(
  nameOrArn: string | undefined,
  call: { readonly store: Store; readonly region: string },
): ModelPackageGroupRecord {
  const name = required(nameOrArn, "ModelPackageGroupName");
  const arn = modelPackageGroupArn(call.region, name);
  const record = call.store.modelPackageGroups.get(arn);
  if (record === undefined) throw validationError(`ModelPackageGroup ${arn} does not exist.`);
  return record;
}

/** Creates a group. @throws AwsError `ValidationException` if one with this name exists */
export function addGroup(
  group: {
    readonly ModelPackageGroupName: string | undefined;
    readonly ModelPackageGroupDescription?: string | undefined;
  },
  to: { readonly store: Store; readonly region: string; readonly now: number },
): ModelPackageGroupRecord {
  const ModelPackageGroupName = required(group.ModelPackageGroupName, "ModelPackageGroupName");
  const ModelPackageGroupArn = modelPackageGroupArn(to.region, ModelPackageGroupName);
  if (to.store.modelPackageGroups.get(ModelPackageGroupArn) !== undefined) {
    throw validationError(`Model Package Group already exists: ${ModelPackageGroupArn}`);
  }
  const record: ModelPackageGroupRecord = {
    description: {
      ModelPackageGroupArn,
      ModelPackageGroupName,
      ModelPackageGroupDescription: group.ModelPackageGroupDescription,
      ModelPackageGroupStatus: "Completed",
      CreationTime: to.now,
      CreatedBy: {},
    },
    nextVersion: 1,
  };
  to.store.modelPackageGroups.put(ModelPackageGroupArn, record);
  return record;
}

/** The maximum length of a model package's name. Source: `EntityName` in SageMaker's API model. */
const longestName = 63;

/**
 * Returns the `ModelPackageName` in the description of a group's version. SageMaker leaves it out, although its API
 * model requires it (https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-details.html). `findPackage`
 * accepts this name, because sagemaker-core uses it to refresh or update a package.
 */
export function versionName(group: string, version: number): string {
  const name = `${group}-${version}`;
  return name.length <= longestName ? name : group;
}

/**
 * Returns a model package by its ARN, its `group/version`, or its name from `versionName`.
 *
 * @throws AwsError `ValidationException`, as SageMaker does, for a missing package. The operation has no
 * `ResourceNotFound`:
 *   https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeModelPackage.html
 */
export function findPackage(
  nameOrArn: string | undefined,
  call: { readonly store: Store; readonly region: string },
): ModelPackageRecord {
  const name = required(nameOrArn, "ModelPackageName");
  const arn = name.startsWith("arn:") ? name : modelPackageArn(call.region, name);
  const record = call.store.modelPackages.get(arn) ?? call.store.modelPackages.get(arn.replace(/-(\d+)$/, "/$1"));
  if (record === undefined) throw validationError(`ModelPackage ${arn} does not exist.`);
  return record;
}
