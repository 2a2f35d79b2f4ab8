import assert from "node:assert/strict";
import fc from "fast-check";
import type { Evaluation } from "../../../scripts/gate/evaluation.ts";
import { judge, type VerdictName } from "../../../scripts/gate/verdict.ts";

const rules = { metric: "MSE", ceiling: 6, tolerance: { relative: 0.02, absolute: 0 } };
const test = { rows: 606, sha256: "0".repeat(64), splitRule: "rule/1" };
const [own, others] = ["a".repeat(64), "b".repeat(64)];

function compared(value: number, baseline: number, halfWidth: number, sha256 = own): Evaluation {
  const mean = value - baseline;
  const difference = { mean, lower: mean - halfWidth, upper: mean + halfWidth };
  return { test, candidate: { value, sha256 }, baseline: { value: baseline, sha256: others, difference } };
}

const cases: readonly (readonly [string, Evaluation, VerdictName, RegExp])[] = [
  ["no baseline, below the ceiling", { test, candidate: { value: 5, sha256: own } }, "pass", /ceiling is 6/],
  ["no baseline, at the ceiling", { test, candidate: { value: 6, sha256: own } }, "pass", /ceiling is 6/],
  [
    "no baseline, above the ceiling",
    { test, candidate: { value: 6.001, sha256: own } },
    "regression",
    /over the ceiling/,
  ],
  ["better than the baseline", compared(4, 5, 0.1), "pass", /margin is 0\.1/],
  ["as good as the baseline", compared(5, 5, 0.1), "pass", /\+0 on the same rows/],
  ["worse by the margin exactly", compared(5.1, 5, 0.01), "pass", /margin is 0\.1/],
  ["worse than the margin, not surely", compared(5.15, 5, 0.1), "inconclusive", /too few to be sure/],
  ["worse than the margin, surely", compared(5.5, 5, 0.1), "regression", /even the lower bound/],
  ["the approved model again", compared(5, 5, 0, others), "unchanged", /byte for byte/],
  ["the approved model again, now over the ceiling", compared(7, 7, 0, others), "regression", /over the ceiling/],
  ["far better, but over the ceiling", compared(7, 9, 0.1), "regression", /over the ceiling/],
  ["a perfect baseline and a perfect candidate", compared(0, 0, 0), "pass", /margin is 0/],
  ["a perfect baseline and a worse candidate", compared(1, 0, 0.1), "regression", /even the lower bound/],
];

describe("the verdict", () => {
  for (const [what, evaluation, name, reason] of cases)
    it(`${name}: ${what}`, () => {
      const verdict = judge(evaluation, rules);
      assert.equal(verdict.name, name);
      assert.match(verdict.reasons.join(" "), reason);
    });

  it("adds the absolute part to the margin", () => {
    const tolerance = { relative: 0, absolute: 0.5 };
    assert.equal(judge(compared(5.5, 5, 0.01), { ...rules, tolerance }).name, "pass");
    assert.equal(judge(compared(5.52, 5, 0.01), { ...rules, tolerance }).name, "regression");
  });

  it("never gets milder when the candidate gets worse", () => {
    const severity: readonly VerdictName[] = ["pass", "inconclusive", "regression"];
    const value = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.double({ min: 0, max: 2, noNaN: true }), value, (baseline, a, width, more) => {
        const better = judge(compared(a, baseline, width), rules).name;
        const worse = judge(compared(a + more, baseline, width), rules).name;
        assert.ok(severity.indexOf(worse) >= severity.indexOf(better));
      }),
    );
  });
});
