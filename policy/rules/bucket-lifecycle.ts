import type { Resource } from "./rule.ts";

/** A rule of a bucket's lifecycle, as far as it is looked at. */
interface LifecycleRule {
  readonly id?: unknown;
  readonly status?: unknown;
  /** Before there were filters. */
  readonly prefix?: unknown;
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly noncurrentVersionExpiration?: { readonly noncurrentDays?: unknown } | null;
  readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation?: unknown } | null;
  readonly expiration?: { readonly days?: unknown; readonly date?: unknown } | null;
}

/** The rules of a BucketLifecycleConfiguration that are in force. */
export function lifecycleRules(props: Resource["props"]): readonly LifecycleRule[] {
  const rules = (props["rules"] ?? []) as readonly LifecycleRule[];
  return rules.filter(({ status }) => status === "Enabled");
}

/** Whether a rule is about everything in its bucket. */
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
