import type { Resource } from "./rule.ts";

/** The members of a lifecycle rule that the policy pack checks. */
interface LifecycleRule {
  readonly id?: unknown;
  readonly status?: unknown;
  /** The older form of `filter`. */
  readonly prefix?: unknown;
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly noncurrentVersionExpiration?: { readonly noncurrentDays?: unknown } | null;
  readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation?: unknown } | null;
  readonly expiration?: { readonly days?: unknown; readonly date?: unknown } | null;
}

/** Returns the enabled rules of a BucketLifecycleConfiguration. */
export function lifecycleRules(props: Resource["props"]): readonly LifecycleRule[] {
  const rules = (props["rules"] ?? []) as readonly LifecycleRule[];
  return rules.filter(({ status }) => status === "Enabled");
}

/** Tells whether a rule applies to all objects of its bucket. */
function isForAll({ prefix, filter }: LifecycleRule): boolean {
  return [prefix, ...Object.values(filter ?? {})].every((value) => (value ?? "") === "");
}

export function expiresOldVersions(rule: LifecycleRule): boolean {
  return isForAll(rule) && Number(rule.noncurrentVersionExpiration?.noncurrentDays) > 0;
}

export function endsUnfinishedUploads(rule: LifecycleRule): boolean {
  return isForAll(rule) && Number(rule.abortIncompleteMultipartUpload?.daysAfterInitiation) > 0;
}

export function expiresCurrent({ expiration }: LifecycleRule): boolean {
  return Number(expiration?.days) > 0 || (expiration?.date ?? undefined) !== undefined;
}
