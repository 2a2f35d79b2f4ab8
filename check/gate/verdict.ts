import type { Compared, Evaluation } from "./evaluation.ts";

export type VerdictName = "pass" | "unchanged" | "inconclusive" | "regression";

/** The rules that a candidate is judged by. */
export interface Rules {
  readonly metric: string;
  readonly direction: "lower" | "higher";
  /** The worst value that is good enough: a ceiling, or a floor where more is better. */
  readonly ceiling: number;
  /** `margin = relative x baseline + absolute`, in the metric's unit. */
  readonly tolerance: { readonly relative: number; readonly absolute: number };
  /** The baseline's approval where it has none: the same model once more is then nothing that was approved. */
  readonly unapproved?: string | undefined;
}

/** What comes of the comparison with one approved model. */
export interface ComparisonResult {
  readonly name: Exclude<VerdictName, "unchanged">;
  /** How much worse than that model is still good. */
  readonly margin: number;
}

export interface Verdict {
  readonly name: VerdictName;
  /** Whole sentences, the deciding one first. */
  readonly reasons: readonly string[];
  /** How much worse than the baseline is still good, where there is a baseline. */
  readonly margin?: number;
  /** What came of the comparison with the best model that ever was approved, where that is another than the baseline. */
  readonly best?: ComparisonResult;
}

/** What the worst value that passes is called. */
export function limitName(direction: Rules["direction"]): "ceiling" | "floor" {
  return direction === "lower" ? "ceiling" : "floor";
}

/** Four significant digits: enough to see what decided, few enough to read. */
export function significant(value: number): string {
  return Number.parseFloat(value.toPrecision(4)).toString();
}

function signed(value: number): string {
  return `${value >= 0 ? "+" : ""}${significant(value)}`;
}

const severities = ["pass", "inconclusive", "regression"] as const;

const ends = {
  pass: ".",
  inconclusive: ": worse than the margin, but the rows are too few to be sure.",
  regression: ": even the lower bound is above the margin.",
};

/** Nothing is divided, so that an approved model of metric 0 is as good as any. */
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
  "Each model may have been hardly worse than the one before it, but together they have come away from the best.";

/** What came of all comparisons: the worse one counts, and its reason comes first. */
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
 * Judges a candidate. Beyond the ceiling it is a regression, and the approved model itself is unchanged. Against an
 * approved model, with d the mean paired difference of the per-row losses: a regression when d's one-sided 95 % lower
 * bound is above the margin, a pass when d is at most the margin, inconclusive between. Compared with both the baseline
 * and the best model that ever was approved, the worse of the two counts.
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
  if (candidate.sha256 !== baseline?.sha256) return { name, reasons: [...reasons, within], ...margins };
  if (unapproved === undefined)
    return { name: "unchanged", reasons: ["The candidate is the approved model, byte for byte.", within], ...margins };
  // It is nothing new either, but nothing that was approved: the best model may still decide against it.
  const same = `The candidate is the baseline, byte for byte, which is ${unapproved}.`;
  if (name === "pass") return { name: "unchanged", reasons: [same, ...reasons, within], ...margins };
  return { name, reasons: [...reasons, same, within], ...margins };
}
