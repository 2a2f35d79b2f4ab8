import { notFound, validationError } from "../aws-error.ts";
import type { ModelPackageGroupRecord, Store } from "../state/store.ts";
import { modelPackageGroupArn } from "./arn.ts";
import { required } from "./operation.ts";

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

/** A package by ARN. @throws AwsError `ResourceNotFound` */
export function findPackage(arn: string | undefined, call: { readonly store: Store }) {
  const record = call.store.modelPackages.get(required(arn, "ModelPackageName"));
  if (record === undefined) throw notFound(`ModelPackage ${arn} does not exist.`);
  return record;
}
