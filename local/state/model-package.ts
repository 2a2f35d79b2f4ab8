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

/** Returns the ARN of a group's version, which spells the name as the group's own ARN does. */
function versionArn(group: string, version: number): string {
  return `${group.replace(":model-package-group/", ":model-package/")}/${version}`;
}

/**
 * Returns the ARNs of a group and of its next version.
 *
 * @throws AwsError `ValidationException` for a request without a group
 */
export function nextModelPackage(input: Wire<CreateModelPackageInput>, store: Store, region: string) {
  const named = modelPackageGroupArn(region, required(input.ModelPackageGroupName, "ModelPackageGroupName"));
  const existing = store.modelPackageGroups.get(named);
  const group = existing?.description.ModelPackageGroupArn ?? named;
  return { group, package: versionArn(group, existing?.nextVersion ?? 1) };
}

/**
 * Checks that a request names either a group or a package. Source of the texts: https://github.com/getmoto/moto/pull/7165
 */
function checkPlace({ ModelPackageName, ModelPackageGroupName }: Wire<CreateModelPackageInput>): void {
  if (ModelPackageName !== undefined && ModelPackageGroupName !== undefined)
    throw validationError(
      "Both ModelPackageName and ModelPackageGroupName are provided in the input. Cannot determine which one to use.",
    );
  if (ModelPackageName === undefined && ModelPackageGroupName === undefined) throw validationError("Missing ARN.");
}

/** Adds a model package: the next version of a group, or one outside of groups. @throws AwsError `ValidationException` */
export function addModelPackage(input: Wire<CreateModelPackageInput>, place: PackagePlace): ModelPackageRecord {
  checkPlace(input);
  checkApproval(input.ModelApprovalStatus);
  return input.ModelPackageName === undefined ? addVersion(input, place) : addUnversioned(input, place);
}

/** Returns the members of a new package that do not depend on its place. */
function begun({ Tags: _tags, ClientToken: _token, ...kept }: Wire<CreateModelPackageInput>, now: number) {
  return {
    ...kept,
    ModelPackageStatus: "Completed" as const,
    ModelPackageStatusDetails: { ValidationStatuses: [], ImageScanStatuses: [] },
    CreationTime: now,
    LastModifiedTime: now,
  };
}

/** Stores a new package with the tags of its request. */
function stored(record: ModelPackageRecord, { Tags }: Wire<CreateModelPackageInput>, { store }: PackagePlace) {
  store.modelPackages.put(record.ModelPackageArn, record);
  setTags(record.ModelPackageArn, Tags ?? [], { store });
  return record;
}

/**
 * Adds a package outside of groups. It has an approval status only if the request or a later update gives one.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackage.html
 */
function addUnversioned(input: Wire<CreateModelPackageInput>, place: PackagePlace): ModelPackageRecord {
  const ModelPackageName = required(input.ModelPackageName, "ModelPackageName");
  const ModelPackageArn = modelPackageArn(place.region, ModelPackageName);
  if (place.store.modelPackages.get(ModelPackageArn) !== undefined)
    throw validationError(`ModelPackage ${ModelPackageArn} already exists.`);
  return stored({ ...begun(input, place.now), ModelPackageName, ModelPackageArn }, input, place);
}

function addVersion(input: Wire<CreateModelPackageInput>, place: PackagePlace): ModelPackageRecord {
  const { ClientToken: token } = input;
  const group = groupOf(required(input.ModelPackageGroupName, "ModelPackageGroupName"), place);
  const { ModelPackageGroupName = "", ModelPackageGroupArn } = group.description;
  const made = token === undefined ? undefined : packageOfToken(group, token, place);
  if (made !== undefined) return made;
  const ModelPackageVersion = group.nextVersion;
  const record: ModelPackageRecord = {
    ...begun(input, place.now),
    ModelPackageName: versionName(ModelPackageGroupName, ModelPackageVersion),
    ModelPackageGroupName,
    ModelPackageVersion,
    ModelPackageArn: versionArn(ModelPackageGroupArn, ModelPackageVersion),
    ModelApprovalStatus: input.ModelApprovalStatus ?? "PendingManualApproval",
  };
  // Stores the next version first. If the disk is full then, a number is skipped, and no number is used twice.
  place.store.modelPackageGroups.put(ModelPackageGroupArn, {
    ...group,
    nextVersion: ModelPackageVersion + 1,
    ...(token === undefined ? {} : { tokens: { ...group.tokens, [token]: ModelPackageVersion } }),
  });
  return stored(record, input, place);
}

/** Returns the package of an earlier request with the same token. A client that lost the answer repeats its request. */
function packageOfToken(
  { description, tokens = {} }: ModelPackageGroupRecord,
  token: string,
  { store }: PackagePlace,
): ModelPackageRecord | undefined {
  const version = Object.hasOwn(tokens, token) ? tokens[token] : undefined;
  if (version === undefined) return undefined;
  return store.modelPackages.get(versionArn(description.ModelPackageGroupArn, version));
}

function groupOf(name: string, place: PackagePlace): ModelPackageGroupRecord {
  const existing = place.store.modelPackageGroups.get(modelPackageGroupArn(place.region, name));
  if (existing !== undefined) return existing;
  return place.createGroup ? addGroup({ ModelPackageGroupName: name }, place) : findGroup(name, place);
}
