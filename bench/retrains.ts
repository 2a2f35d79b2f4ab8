import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { judge, type Rules, type VerdictName } from "../check/gate/verdict.ts";
import { pythonEnvironment } from "../local/jobs/python/python-environment.ts";
import { localFolders, repository } from "../scripts/local-stack/folders.ts";
import { abaloneData } from "./abalone-data.ts";

/** The candidate's MSE, the baseline's MSE, the mean difference, the lower and the upper bound. */
export type Scored = readonly [candidate: number, baseline: number, mean: number, lower: number, upper: number];

/** The comparison of two retrains on the same test rows, and on samples of those rows. */
export interface Pair {
  readonly split: number;
  readonly candidate: number;
  readonly baseline: number;
  readonly rows: number;
  readonly pair: Scored;
  readonly resampled: readonly Scored[];
}

/** Runs `retrains.py` with the container's packages on the real data. */
export async function retrains(splits: number, seeds: number, resamples: number): Promise<readonly Pair[]> {
  const { python } = await pythonEnvironment("xgboost", { folder: localFolders.python });
  const path = await abaloneData();
  const script = join(repository, "bench/retrains.py");
  const args = ["-B", script, dirname(path), ...[splits, seeds, resamples].map(String)];
  const child = spawn(python, args, { stdio: ["ignore", "pipe", "inherit"] });
  return JSON.parse(await text(child.stdout)) as readonly Pair[];
}

/** Judges a comparison as if the candidate were worse by `shift` on each row. */
export function verdictOf(
  [candidate, baseline, mean, lower, upper]: Scored,
  tolerance: Rules["tolerance"],
  shift = 0,
): VerdictName {
  const test = { rows: 0, sha256: "", splitRule: "" };
  const difference = { mean: mean + shift, lower: lower + shift, upper: upper + shift };
  return judge(
    {
      test,
      candidate: { value: candidate + shift, sha256: "candidate" },
      baseline: { value: baseline, sha256: "baseline", difference },
    },
    { metric: "MSE", direction: "lower", ceiling: Number.POSITIVE_INFINITY, tolerance },
  ).name;
}

/**
 * Returns how often a candidate is called a regression if its true mean difference exceeds the margin by `effect x baseline` and
 * the test rows are drawn again.
 */
export function regressionRate(pairs: readonly Pair[], tolerance: Rules["tolerance"], trueDifference: number): number {
  let [regressions, all] = [0, 0];
  for (const { pair, resampled } of pairs) {
    const shift = trueDifference * pair[1] - pair[2];
    all += resampled.length;
    regressions += resampled.filter((scored) => verdictOf(scored, tolerance, shift) === "regression").length;
  }
  return regressions / all;
}
