import type { CreateModelPackageInput } from "@aws-sdk/client-sagemaker";
import { validationError } from "../aws-error.ts";
import type { ModelPackageGroupRecord, ModelPackageRecord, Store } from "../state/store.ts";
import { modelPackageArn, modelPackageGroupArn } from "./arn.ts";
import { addGroup, findGroup } from "./model-package-group.ts";
import { required } from "./operation.ts";
import { setTags } from "./tags.ts";
import type { Wire } from "./wire.ts";

export interface PackagePlace {
  readonly store: Store;
  readonly region: string;
  readonly now: number;
  /** Whether a missing group is made. */
  readonly createGroup: boolean;
}

const approvals = ["Approved", "Rejected", "PendingManualApproval"];

/** Whether a text is a model package's approval status. @throws AwsError `ValidationException` */
export function checkApproval(status: string | undefined): void {
  if (status === undefined || approvals.includes(status)) return;
  throw validationError(
    `1 validation error detected: Value '${status}' at 'modelApprovalStatus' failed to satisfy constraint: Member must satisfy enum value set: [${approvals.join(", ")}]`,
  );
}

/** The ARNs of a group and of the package that would be its next. @throws AwsError `ValidationException` */
export function nextModelPackage(input: Wire<CreateModelPackageInput>, store: Store, region: string) {
  const group = modelPackageGroupArn(region, required(input.ModelPackageGroupName, "ModelPackageGroupName"));
  const version = store.modelPackageGroups.get(group)?.nextVersion ?? 1;
  return { group, package: modelPackageArn(region, group.split("/").at(-1) ?? "", version) };
}

/** Adds the next version to a group. @throws AwsError `ValidationException` */
export function addModelPackage(input: Wire<CreateModelPackageInput>, place: PackagePlace): ModelPackageRecord {
  const { Tags, ClientToken: _token, ModelPackageName: _name, ...kept } = input;
  if (input.ModelPackageName !== undefined) {
    throw validationError("Model packages outside a group do not work locally: give a ModelPackageGroupName");
  }
  checkApproval(input.ModelApprovalStatus);
  const group = groupOf(required(input.ModelPackageGroupName, "ModelPackageGroupName"), place);
  const { ModelPackageGroupName = "", ModelPackageGroupArn } = group.description;
  const ModelPackageVersion = group.nextVersion;
  const record: ModelPackageRecord = {
    ...kept,
    // A package's own name is the group's: SageMaker says no other for a versioned one.
    ModelPackageName: ModelPackageGroupName,
    ModelPackageGroupName,
    ModelPackageVersion,
    ModelPackageArn: modelPackageArn(place.region, ModelPackageGroupName, ModelPackageVersion),
    ModelPackageStatus: "Completed",
    ModelPackageStatusDetails: { ValidationStatuses: [], ImageScanStatuses: [] },
    ModelApprovalStatus: input.ModelApprovalStatus ?? "PendingManualApproval",
    CreationTime: place.now,
    LastModifiedTime: place.now,
  };
  // The number first: one that is lost to a full disk is better than one that is given twice.
  place.store.modelPackageGroups.put(ModelPackageGroupArn, { ...group, nextVersion: ModelPackageVersion + 1 });
  place.store.modelPackages.put(record.ModelPackageArn, record);
  setTags(record.ModelPackageArn, Tags ?? [], place);
  return record;
}

function groupOf(name: string, place: PackagePlace): ModelPackageGroupRecord {
  const existing = place.store.modelPackageGroups.get(modelPackageGroupArn(place.region, name));
  if (existing !== undefined) return existing;
  return place.createGroup ? addGroup({ ModelPackageGroupName: name }, place) : findGroup(name, place);
}
