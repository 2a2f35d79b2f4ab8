import type { Finding, Scan } from "./checkov.ts";

const key = ({ check, resource }: Finding) => `${check} ${resource}`;

/** Returns the failed checks of a scan that do not fail in another scan. */
export function newFindings({ failed }: Scan, base: Scan): readonly Finding[] {
  const known = new Set(base.failed.map(key));
  return failed.filter((finding) => !known.has(key(finding)));
}
