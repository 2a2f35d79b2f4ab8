import { defined } from "../service-model/defined.ts";
import type { Measurement } from "./measurement.ts";
import { type Pair, regressionRate, retrains, verdictOf } from "./retrains.ts";

const [splits, seeds, resamples] = [8, 25, 20];
const margin = { relative: 0.02, absolute: 0 };
const noMargin = { relative: 0, absolute: 0 };

/** Returns the pairs whose baseline is the best model of their split. */
function againstBest(pairs: readonly Pair[]): readonly Pair[] {
  const best = new Map<number, number>();
  for (const { split, pair } of pairs) best.set(split, Math.min(pair[1], best.get(split) ?? Number.POSITIVE_INFINITY));
  return pairs.filter(({ split, pair }) => pair[1] === best.get(split));
}

/** Measures the gate on retrained abalone models: the rates of false regressions and of found regressions. */
export async function measureGate(): Promise<readonly Measurement[]> {
  const pairs = await retrains(splits, seeds, resamples);
  const rate = (what: string, share: number, heldTo?: string): Measurement => ({
    ...{ what, amount: 100 * share, unit: "%", ratio: share / 0.05, against: "the nominal 5 %" },
    ...defined({ heldTo }),
  });
  const real = (some: readonly Pair[], tolerance: typeof margin) =>
    some.filter(({ pair }) => verdictOf(pair, tolerance) === "regression").length / some.length;
  return [
    rate("retrains called a regression, no margin", real(pairs, noMargin)),
    rate("retrains called a regression", real(pairs, margin), "at most 6 %"),
    rate("the same against the best of 25", real(againstBest(pairs), margin)),
    rate("false regressions at d = 0, no margin", regressionRate(pairs, noMargin, 0), "at most 6 %"),
    rate("false regressions at d = margin", regressionRate(pairs, margin, 0.02), "at most 6 %"),
    ...[4, 6, 8, 10].map((percent) =>
      rate(`detected at ${percent} % beyond the margin`, regressionRate(pairs, margin, 0.02 + percent / 100)),
    ),
  ];
}
