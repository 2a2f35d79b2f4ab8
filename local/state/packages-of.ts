import { arnParts } from "../../service-model/arn.ts";
import { modelPackageGroupArn, storageKey } from "./arn.ts";
import type { ModelPackageRecord, Store } from "./store.ts";

/** Returns the model packages of a group, which is given by its name or ARN. */
export function packagesOf(
  group: string,
  call: { readonly store: Store; readonly region: string },
): ModelPackageRecord[] {
  const arn = storageKey(modelPackageGroupArn(call.region, group));
  return call.store.modelPackages
    .values()
    .filter((record) => storageKey(modelPackageGroupArn(call.region, record.ModelPackageGroupName ?? "")) === arn)
    .filter((record) => arnParts(record.ModelPackageArn).region === arnParts(arn).region);
}
