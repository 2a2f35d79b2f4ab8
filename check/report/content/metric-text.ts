import { significant } from "../../gate/verdict.ts";
import type { Report } from "./report.ts";

/** Returns the metric of the candidate and of its baseline in a few words, or an empty text if nothing was judged. */
export function metricText({ metric = "metric", candidate, baseline }: Report): string {
  if (candidate === undefined) return "";
  const compared = baseline === undefined ? "" : `, baseline ${significant(baseline.value)}`;
  return `${metric} ${significant(candidate.value)}${compared}`;
}
