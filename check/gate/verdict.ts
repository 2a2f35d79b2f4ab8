import type { Evaluation } from "./evaluation.ts";
import type { Compared } from "./read-compared.ts";

export type VerdictName = "pass" | "unchanged" | "inconclusive" | "regression";

/** The rules for judging a candidate. */
export interface Rules {
  readonly metric: string;
  readonly direction: "lower" | "higher";
  /** The worst acceptable value: a ceiling, or a floor if a higher metric is better. */
  readonly ceiling: number;
  /** `margin = relative x baseline + absolute`, in the metric's unit. */
  readonly tolerance: { readonly relative: number; readonly absolute: number };
  /** The baseline's approval status if it is not approved. An identical candidate is then not a duplicate of an approved model. */
  readonly unapproved?: string | undefined;
}

/** The result of the comparison with one approved model. */
export interface ComparisonResult {
  readonly name: Exclude<VerdictName, "unchanged">;
  /** How much worse than that model the candidate may be. */
  readonly margin: number;
}

export interface Verdict {
  readonly name: VerdictName;
  /** Sentences, the deciding one first. */
  readonly reasons: readonly string[];
  /** How much worse than the baseline the candidate may be, if there is a baseline. */
  readonly margin?: number;
  /** The result of the comparison with the best approved model, if it is not the baseline. */
  readonly best?: ComparisonResult;
}

/** Returns the word for the worst value that passes. */
export function limitName(direction: Rules["direction"]): "ceiling" | "floor" {
  return direction === "lower" ? "ceiling" : "floor";
}

/** Formats a number with four significant digits, enough to show what decided. */
export function significant(value: number): string {
  return Number.parseFloat(value.toPrecision(4)).toString();
}

function signed(value: number): string {
  return `${value >= 0 ? "+" : ""}${significant(value)}`;
}

const severities = ["pass", "inconclusive", "regression"] as const;

const ends = {
  pass: ".",
  inconclusive: ": worse than the margin, but there are too few rows to be sure.",
  regression: ": even the lower bound is above the margin.",
};

/** Compares a candidate with one approved model. It does not divide by the model's metric, which may be 0. */
function compare(
  approved: string,
  { value, difference: { mean, lower, upper } }: Compared,
  { direction, tolerance }: Rules,
): ComparisonResult & { readonly reason: string } {
  const margin = tolerance.relative * value + tolerance.absolute;
  const name = lower > margin ? "regression" : mean <= margin ? "pass" : "inconclusive";
  const what = direction === "lower" ? "difference" : "difference in loss";
  const compared =
    `The ${what} to the ${approved}'s ${significant(value)} is ${signed(mean)} on the same rows ` +
    `(one-sided 95 % bounds ${signed(lower)} and ${signed(upper)}), the margin is ${significant(margin)}`;
  return { name, margin, reason: `${compared}${ends[name]}` };
}

const drift =
  "Each model may have been only slightly worse than the one before it, but together they have drifted away from the best.";

/** The combined result of all comparisons. The worse one counts, and its reason comes first. */
interface Comparisons {
  readonly name: ComparisonResult["name"];
  readonly reasons: readonly string[];
  readonly margins: Pick<Verdict, "margin" | "best">;
}

function compareAll({ baseline, best }: Evaluation, rules: Rules): Comparisons {
  if (baseline === undefined) return { name: "pass", reasons: [], margins: {} };
  const { name, margin, reason } = compare("baseline", baseline, rules);
  if (best === undefined) return { name, reasons: [reason], margins: { margin } };
  const { reason: bestReason, ...drifted } = compare("best approved model", best, rules);
  const bestDecides = severities.indexOf(drifted.name) > severities.indexOf(name);
  return {
    name: bestDecides ? drifted.name : name,
    reasons: bestDecides ? [bestReason, drift, reason] : [reason, bestReason],
    margins: { margin, best: drifted },
  };
}

/**
 * Judges a candidate. A candidate beyond the ceiling is a regression; the approved model itself with the same losses is
 * unchanged. Otherwise d, the mean paired difference of the rows' losses to an approved model, decides: a regression if d's
 * one-sided 95 % lower bound is above the margin, a pass if d is at most the margin, and inconclusive in between. If the
 * candidate is compared with both the baseline and the best approved model, the worse result counts.
 */
export function judge(evaluation: Evaluation, rules: Rules): Verdict {
  const { candidate, baseline } = evaluation;
  const { metric, direction, ceiling, unapproved } = rules;
  const limit = limitName(direction);
  const [beyond, isBeyond] =
    direction === "lower" ? ["over", candidate.value > ceiling] : ["below", candidate.value < ceiling];
  const own = `The candidate's ${metric} is ${significant(candidate.value)}`;
  const { name, reasons, margins } = compareAll(evaluation, rules);
  if (isBeyond)
    return {
      name: "regression",
      reasons: [`${own}, ${beyond} the ${limit} of ${significant(ceiling)}.`, ...reasons],
      ...margins,
    };
  const within = `${own}, the ${limit} is ${significant(ceiling)}.`;
  // The code in an archive may differ although the model's file is the same, and then other predictions show it.
  const isSame = candidate.sha256 === baseline?.sha256 && baseline.difference.mean === 0;
  if (!isSame) return { name, reasons: [...reasons, within], ...margins };
  if (unapproved === undefined)
    return {
      name: "unchanged",
      reasons: ["The candidate is identical to the approved model, byte for byte.", within],
      ...margins,
    };
  // The identical baseline is not approved, so the best model may still decide against the candidate.
  const same = `The candidate is identical to the baseline, byte for byte, whose status is ${unapproved}.`;
  if (name === "pass") return { name: "unchanged", reasons: [same, ...reasons, within], ...margins };
  return { name, reasons: [...reasons, same, within], ...margins };
}
