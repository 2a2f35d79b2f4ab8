import type { Finding, Scan } from "./checkov.ts";

const key = ({ check, resource }: Finding) => `${check} ${resource}`;

/** What fails in a scan and not in another. */
export function newFindings({ failed }: Scan, base: Scan): readonly Finding[] {
  const known = new Set(base.failed.map(key));
  return failed.filter((finding) => !known.has(key(finding)));
}
