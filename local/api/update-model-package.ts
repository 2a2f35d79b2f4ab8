import type { UpdateModelPackageInput, UpdateModelPackageOutput } from "@aws-sdk/client-sagemaker";
import { checkApproval } from "../state/model-package.ts";
import { findPackage } from "../state/model-package-group.ts";
import { required } from "../wire/required.ts";
import type { Operation } from "./operation.ts";

/** What the service's model has beyond the SDK's types. */
interface Newer {
  readonly ModelPackageRegistrationType?: string;
}

/** What is given replaces what there was; properties and additional specifications are added to those there are. */
export const updateModelPackage: Operation<UpdateModelPackageInput & Newer, UpdateModelPackageOutput> = (
  input,
  call,
) => {
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
    // There are none rather than an empty set of them: the service's model takes no empty one.
    CustomerMetadataProperties: Object.keys(properties).length === 0 ? undefined : properties,
    ...(additional.length === 0 ? {} : { AdditionalInferenceSpecifications: additional }),
    LastModifiedTime: call.now(),
  });
  return { ModelPackageArn: current.ModelPackageArn };
};
