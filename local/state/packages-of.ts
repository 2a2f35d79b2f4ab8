import { arnParts } from "../../service-model/arn.ts";
import { modelPackageGroupArn } from "./arn.ts";
import type { ModelPackageRecord, Store } from "./store.ts";

/** The packages of a group, given by name or ARN, in a region. */
export function packagesOf(
  group: string,
  call: { readonly store: Store; readonly region: string },
): ModelPackageRecord[] {
  const arn = modelPackageGroupArn(call.region, group);
  return call.store.modelPackages
    .values()
    .filter((record) => modelPackageGroupArn(call.region, record.ModelPackageGroupName ?? "") === arn)
    .filter((record) => arnParts(record.ModelPackageArn).region === arnParts(arn).region);
}
