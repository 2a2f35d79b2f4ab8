import type { Evaluation } from "./evaluation.ts";

export type VerdictName = "pass" | "unchanged" | "inconclusive" | "regression";

/** The rules that a candidate is judged by. */
export interface Rules {
  readonly metric: string;
  readonly ceiling: number;
  /** `margin = relative x baseline + absolute`, in the metric's unit. */
  readonly tolerance: { readonly relative: number; readonly absolute: number };
}

export interface Verdict {
  readonly name: VerdictName;
  /** Whole sentences, the deciding one first. */
  readonly reasons: readonly string[];
  /** How much worse than the baseline is still good, where there is a baseline. */
  readonly margin?: number;
}

/** Four significant digits: enough to see what decided, few enough to read. */
export function significant(value: number): string {
  return Number.parseFloat(value.toPrecision(4)).toString();
}

function signed(value: number): string {
  return `${value >= 0 ? "+" : ""}${significant(value)}`;
}

/**
 * Judges a candidate. Over the ceiling it is a regression. Against a baseline, with d the mean paired difference of
 * the per-row losses: a regression when d's one-sided 95 % lower bound is above the margin, a pass when d is at most
 * the margin, inconclusive between. Nothing is divided, so that a baseline of 0 is as good as any.
 */
export function judge({ candidate, baseline }: Evaluation, { metric, ceiling, tolerance }: Rules): Verdict {
  const own = `The candidate's ${metric} is ${significant(candidate.value)}`;
  if (candidate.value > ceiling)
    return { name: "regression", reasons: [`${own}, over the ceiling of ${significant(ceiling)}.`] };
  const belowCeiling = `${own}, the ceiling is ${significant(ceiling)}.`;
  if (baseline === undefined)
    return {
      name: "pass",
      reasons: [belowCeiling, "There is no approved model to compare with yet, so the ceiling alone decided."],
    };
  const margin = tolerance.relative * baseline.value + tolerance.absolute;
  if (candidate.sha256 === baseline.sha256)
    return {
      name: "unchanged",
      margin,
      reasons: ["The candidate is the approved model, byte for byte.", belowCeiling],
    };
  const { mean, lower, upper } = baseline.difference;
  const compared =
    `The difference to the baseline's ${significant(baseline.value)} is ${signed(mean)} on the same rows ` +
    `(one-sided 95 % bounds ${signed(lower)} and ${signed(upper)}), the margin is ${significant(margin)}`;
  if (lower > margin)
    return {
      name: "regression",
      margin,
      reasons: [`${compared}: even the lower bound is above the margin.`, belowCeiling],
    };
  if (mean <= margin) return { name: "pass", margin, reasons: [`${compared}.`, belowCeiling] };
  return {
    name: "inconclusive",
    margin,
    reasons: [`${compared}: worse than the margin, but the rows are too few to be sure.`, belowCeiling],
  };
}
