import type {
  CreateModelPackageInput,
  CreateModelPackageOutput,
  DeleteModelPackageInput,
  DescribeModelPackageInput,
  ListModelPackagesInput,
  ListModelPackagesOutput,
  UpdateModelPackageInput,
  UpdateModelPackageOutput,
} from "@aws-sdk/client-sagemaker";
import { checkModelData, containersOfPackage } from "../jobs/model-data.ts";
import { addModelPackage, checkApproval } from "../state/model-package.ts";
import { findGroup, findPackage } from "../state/model-package-group.ts";
import { packagesOf } from "../state/packages-of.ts";
import type { ModelPackageRecord } from "../state/store.ts";
import { required } from "../wire/required.ts";
import type { Wire } from "../wire/wire.ts";
import type { Call } from "./call.ts";
import { isInRegion, listing } from "./listing.ts";

/** The request, with a member of SageMaker's API that the SDK's types lack. */
type Update = UpdateModelPackageInput & { readonly ModelPackageRegistrationType?: string };

export async function createModelPackage(
  input: Wire<CreateModelPackageInput>,
  call: Call,
): Promise<CreateModelPackageOutput> {
  await checkModelData(call.runtime.s3(call.region), containersOfPackage(input));
  const { ModelPackageArn } = addModelPackage(input, { ...call, now: call.now(), createGroup: false });
  return { ModelPackageArn };
}

export function describeModelPackage(input: DescribeModelPackageInput, call: Call): ModelPackageRecord {
  return findPackage(input.ModelPackageName, call);
}

export function listModelPackages(input: Wire<ListModelPackagesInput>, call: Call): Wire<ListModelPackagesOutput> {
  const { ModelPackageGroupName: group, ModelPackageType: type } = input;
  const ofGroup = () => packagesOf(findGroup(group, call).description.ModelPackageGroupArn, call);
  const own = () => call.store.modelPackages.values().filter((each) => isInRegion(call.region, each.ModelPackageArn));
  const all = group !== undefined ? ofGroup() : own().filter((each) => isOfType(each, type));
  const chosen = all.filter(
    (each) => input.ModelApprovalStatus === undefined || each.ModelApprovalStatus === input.ModelApprovalStatus,
  );
  const { items, next } = listing(chosen, input, {
    arn: (each) => each.ModelPackageArn,
    name: (each) => each.ModelPackageGroupName ?? each.ModelPackageName,
    created: (each) => each.CreationTime,
    sequence: (each) => each.ModelPackageVersion ?? 0,
    order: "Ascending",
  });
  // The summary of a versioned package has no ModelPackageName (https://github.com/aws/sagemaker-python-sdk/issues/5606),
  // as in the example of https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-details.html
  const ModelPackageSummaryList = items.map((each) => ({
    ModelPackageName: each.ModelPackageGroupName === undefined ? each.ModelPackageName : undefined,
    ModelPackageGroupName: each.ModelPackageGroupName,
    ModelPackageVersion: each.ModelPackageVersion,
    ModelPackageArn: each.ModelPackageArn,
    ModelPackageDescription: each.ModelPackageDescription,
    CreationTime: each.CreationTime,
    ModelPackageStatus: each.ModelPackageStatus,
    ModelApprovalStatus: each.ModelApprovalStatus,
  }));
  return { ModelPackageSummaryList, ...next };
}

/** Tells whether a list of a type contains a package. Without a type, SageMaker lists only packages outside of groups. */
function isOfType({ ModelPackageGroupName }: ModelPackageRecord, type: string | undefined = "Unversioned"): boolean {
  return type === "Both" || (ModelPackageGroupName === undefined) === (type === "Unversioned");
}

/**
 * Replaces the given members, but adds metadata properties and additional inference specifications to the existing
 * ones.
 */
export function updateModelPackage(input: Update, call: Call): UpdateModelPackageOutput {
  const {
    ModelPackageArn: arn,
    ClientToken: _token,
    CustomerMetadataProperties: added,
    CustomerMetadataPropertiesToRemove: removed = [],
    AdditionalInferenceSpecificationsToAdd: specifications = [],
    ...replaced
  } = input;
  const current = findPackage(required(arn, "ModelPackageArn"), call);
  checkApproval(input.ModelApprovalStatus);
  const properties = { ...current.CustomerMetadataProperties, ...added };
  for (const name of removed) delete properties[name];
  const additional = [...(current.AdditionalInferenceSpecifications ?? []), ...specifications];
  call.store.modelPackages.put(current.ModelPackageArn, {
    ...current,
    ...replaced,
    // SageMaker's API does not allow an empty map here.
    CustomerMetadataProperties: Object.keys(properties).length === 0 ? undefined : properties,
    ...(additional.length === 0 ? {} : { AdditionalInferenceSpecifications: additional }),
    LastModifiedTime: call.now(),
  });
  return { ModelPackageArn: current.ModelPackageArn };
}

export function deleteModelPackage(input: DeleteModelPackageInput, call: Call): object {
  const { ModelPackageArn } = findPackage(input.ModelPackageName, call);
  call.store.tags.delete(ModelPackageArn);
  call.store.modelPackages.delete(ModelPackageArn);
  return {};
}
