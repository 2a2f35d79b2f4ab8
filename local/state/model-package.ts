import type { CreateModelPackageInput } from "@aws-sdk/client-sagemaker";
import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Wire } from "../wire/wire.ts";
import { modelPackageArn, modelPackageGroupArn } from "./arn.ts";
import { addGroup, findGroup, versionName } from "./model-package-group.ts";
import type { ModelPackageGroupRecord, ModelPackageRecord, Store } from "./store.ts";
import { setTags } from "./tags.ts";

export interface PackagePlace {
  readonly store: Store;
  readonly region: string;
  readonly now: number;
  /** Whether to create a missing group. */
  readonly createGroup: boolean;
}

const approvals = ["Approved", "Rejected", "PendingManualApproval"];

/** Checks the approval status of a request. @throws AwsError `ValidationException` for an invalid one */
export function checkApproval(status: string | undefined): void {
  if (status === undefined || approvals.includes(status)) return;
  throw validationError(
    `1 validation error detected: Value '${status}' at 'modelApprovalStatus' failed to satisfy constraint: Member must satisfy enum value set: [${approvals.join(", ")}]`,
  );
}

/**
 * Returns the ARNs of a group and of its next version.
 *
 * @throws AwsError `ValidationException` for a request without a group
 */
export function nextModelPackage(input: Wire<CreateModelPackageInput>, store: Store, region: string) {
  const group = modelPackageGroupArn(region, required(input.ModelPackageGroupName, "ModelPackageGroupName"));
  const version = store.modelPackageGroups.get(group)?.nextVersion ?? 1;
  return { group, package: modelPackageArn(region, `${group.split("/").at(-1)}/${version}`) };
}

/**
 * Checks that a request names a group and no package. Source of the texts: https://github.com/getmoto/moto/pull/7165
 */
function checkPlace({ ModelPackageName, ModelPackageGroupName }: Wire<CreateModelPackageInput>): void {
  if (ModelPackageName !== undefined && ModelPackageGroupName !== undefined)
    throw validationError(
      "Both ModelPackageName and ModelPackageGroupName are provided in the input. Cannot determine which one to use.",
    );
  if (ModelPackageName !== undefined)
    throw validationError("Model packages outside a group do not work locally: give a ModelPackageGroupName");
  if (ModelPackageGroupName === undefined) throw validationError("Missing ARN.");
}

/** Adds the next version to a group. @throws AwsError `ValidationException` */
export function addModelPackage(input: Wire<CreateModelPackageInput>, place: PackagePlace): ModelPackageRecord {
  const { Tags, ClientToken: token, ModelPackageName: _name, ...kept } = input;
  checkPlace(input);
  checkApproval(input.ModelApprovalStatus);
  const group = groupOf(required(input.ModelPackageGroupName, "ModelPackageGroupName"), place);
  const { ModelPackageGroupName = "", ModelPackageGroupArn } = group.description;
  const made = token === undefined ? undefined : packageOfToken(group, token, place);
  if (made !== undefined) return made;
  const ModelPackageVersion = group.nextVersion;
  const record: ModelPackageRecord = {
    ...kept,
    ModelPackageName: versionName(ModelPackageGroupName, ModelPackageVersion),
    ModelPackageGroupName,
    ModelPackageVersion,
    ModelPackageArn: modelPackageArn(place.region, `${ModelPackageGroupName}/${ModelPackageVersion}`),
    ModelPackageStatus: "Completed",
    ModelPackageStatusDetails: { ValidationStatuses: [], ImageScanStatuses: [] },
    ModelApprovalStatus: input.ModelApprovalStatus ?? "PendingManualApproval",
    CreationTime: place.now,
    LastModifiedTime: place.now,
  };
  // Stores the next version first. If the disk is full then, a number is skipped, and no number is used twice.
  place.store.modelPackageGroups.put(ModelPackageGroupArn, {
    ...group,
    nextVersion: ModelPackageVersion + 1,
    ...(token === undefined ? {} : { tokens: { ...group.tokens, [token]: ModelPackageVersion } }),
  });
  place.store.modelPackages.put(record.ModelPackageArn, record);
  setTags(record.ModelPackageArn, Tags ?? [], place);
  return record;
}

/** Returns the package of an earlier request with the same token. A client that lost the answer repeats its request. */
function packageOfToken(
  { description, tokens = {} }: ModelPackageGroupRecord,
  token: string,
  { store, region }: PackagePlace,
): ModelPackageRecord | undefined {
  const version = Object.hasOwn(tokens, token) ? tokens[token] : undefined;
  if (version === undefined) return undefined;
  return store.modelPackages.get(modelPackageArn(region, `${description.ModelPackageGroupName}/${version}`));
}

function groupOf(name: string, place: PackagePlace): ModelPackageGroupRecord {
  const existing = place.store.modelPackageGroups.get(modelPackageGroupArn(place.region, name));
  if (existing !== undefined) return existing;
  return place.createGroup ? addGroup({ ModelPackageGroupName: name }, place) : findGroup(name, place);
}
