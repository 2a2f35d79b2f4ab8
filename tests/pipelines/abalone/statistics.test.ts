import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Pair, regressionRate, retrains, verdictOf } from "../../../bench/retrains.ts";

const page = readFileSync(new URL("../../../docs/check.md", import.meta.url), "utf8");

/** The true mean difference of a candidate that is worse by exactly the margin, as a fraction of the baseline's MSE. */
const relative = 0.02;
const margin = { relative, absolute: 0 };
const noMargin = { relative: 0, absolute: 0 };
/** The nominal rate is 5 %. Student's t is slightly inaccurate, because a few rows have very large squared errors. */
const mostFalse = 0.06;

describe("the gate's statistics, on 25 retrains of the abalone model", function () {
  this.timeout(60_000);
  let pairs: readonly Pair[];
  before(async () => {
    pairs = await retrains(1, 25, 20);
  });

  const share = (tolerance: typeof margin) =>
    pairs.filter(({ pair }) => verdictOf(pair, tolerance) === "regression").length / pairs.length;

  it("compare all ordered pairs on the test rows of the pipeline", () => {
    assert.equal(pairs.length, 25 * 24);
    assert.deepEqual(new Set(pairs.map(({ rows }) => rows)), new Set([606]));
    const values = pairs.map(({ pair: [candidate] }) => candidate);
    assert.ok(Math.min(...values) > 5 && Math.max(...values) < 6, "models of equal quality, as in the main job");
    assert.ok(Math.max(...values) > 1.05 * Math.min(...values), "and yet some score 5 % above others");
  });

  it("call at most 6 % of the retrains a regression, without a margin and with the pipeline's", () => {
    const [without, within] = [share(noMargin), share(margin)];
    assert.ok(without <= mostFalse, `${without} without a margin`);
    assert.ok(within <= mostFalse && within < without, `${within} with the margin`);
  });

  it("call at most 6 % of equally good simulated candidates a regression", () => {
    const rate = regressionRate(pairs, noMargin, 0);
    assert.ok(rate > 0.04 && rate <= mostFalse, String(rate));
  });

  it("call at most 6 % of simulated candidates a regression that are worse by exactly the margin", () => {
    const rate = regressionRate(pairs, margin, relative);
    assert.ok(rate > 0.04 && rate <= mostFalse, String(rate));
  });

  it("find 80 % of the simulated regressions of the size that docs/check.md states", () => {
    const [, percent] =
      /worse by (\d+) % of the baseline's MSE beyond the margin is found in at least 80 %/.exec(
        page.replace(/\s+/g, " "),
      ) ?? [];
    const rate = regressionRate(pairs, margin, relative + Number(percent) / 100);
    assert.ok(rate >= 0.8 && rate < 0.95, `${rate} at ${percent} %`);
  });
});
