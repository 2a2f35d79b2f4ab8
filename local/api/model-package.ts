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
import { addModelPackage, checkApproval } from "../state/model-package.ts";
import { findGroup, findPackage } from "../state/model-package-group.ts";
import { packagesOf } from "../state/packages-of.ts";
import type { ModelPackageRecord } from "../state/store.ts";
import { required } from "../wire/required.ts";
import type { Wire } from "../wire/wire.ts";
import type { Call } from "./call.ts";
import { isIn, listing } from "./listing.ts";

/** The member that the service's model has and the SDK's types lack. */
type Update = UpdateModelPackageInput & { readonly ModelPackageRegistrationType?: string };

export function createModelPackage(input: Wire<CreateModelPackageInput>, call: Call): CreateModelPackageOutput {
  const { ModelPackageArn } = addModelPackage(input, { ...call, now: call.now(), createGroup: false });
  return { ModelPackageArn };
}

export function describeModelPackage(input: DescribeModelPackageInput, call: Call): ModelPackageRecord {
  return findPackage(input.ModelPackageName, call);
}

export function listModelPackages(input: Wire<ListModelPackagesInput>, call: Call): Wire<ListModelPackagesOutput> {
  const { ModelPackageGroupName: group, ModelPackageType: type } = input;
  const ofGroup = () => packagesOf(findGroup(group, call).description.ModelPackageGroupArn, call);
  const own = () => call.store.modelPackages.values().filter((each) => isIn(call.region, each.ModelPackageArn));
  // Without a group the service lists unversioned packages, unless the type says otherwise. Every package here is versioned.
  const all = group !== undefined ? ofGroup() : type === "Versioned" || type === "Both" ? own() : [];
  const chosen = all.filter(
    (each) => input.ModelApprovalStatus === undefined || each.ModelApprovalStatus === input.ModelApprovalStatus,
  );
  const { items, next } = listing(chosen, input, {
    arn: (each) => each.ModelPackageArn,
    name: (each) => each.ModelPackageGroupName,
    created: (each) => each.CreationTime,
    sequence: (each) => each.ModelPackageVersion ?? 0,
    order: "Ascending",
  });
  // A version of a group has no name in a list (https://github.com/aws/sagemaker-python-sdk/issues/5606), as in the
  // developer guide's example: https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-details.html
  const ModelPackageSummaryList = items.map((each) => ({
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

/** Replaces the given members. Metadata properties and additional inference specifications are added to the present ones. */
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
    // The service's model does not allow an empty map.
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
