import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import { modelPackageArn, modelPackageGroupArn } from "./arn.ts";
import type { ModelPackageGroupRecord, ModelPackageRecord, Store } from "./store.ts";

/** A group by name or ARN. @throws AwsError as SageMaker: a group that is missing is a `ValidationException` */
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

/** Makes a group. @throws AwsError `ValidationException` when there is one of that name */
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

/** Characters of a model package's name. Source: the service model's `EntityName`. */
const longestName = 63;

/**
 * The name of a version of a group. The service describes a version without any, although its model requires one
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-details.html). What is told here is found again, as
 * sagemaker-core asks by the name that it was told whenever it refreshes or updates a package.
 */
export function versionName(group: string, version: number): string {
  const name = `${group}-${version}`;
  return name.length <= longestName ? name : group;
}

/**
 * A package by its ARN, as `group/version`, which the pattern of a model package's name takes too, or by its own name.
 * Source of the words: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeModelPackage.html has no
 * `ResourceNotFound`; the service answers "ModelPackage arn:... does not exist."
 *
 * @throws AwsError as SageMaker: a package that is missing is a `ValidationException`
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
