import assert from "node:assert/strict";
import fc from "fast-check";
import type { Evaluation } from "../../../check/gate/evaluation.ts";
import { judge, type Rules, type Verdict, type VerdictName } from "../../../check/gate/verdict.ts";

const rules: Rules = { metric: "MSE", direction: "lower", ceiling: 6, tolerance: { relative: 0.02, absolute: 0 } };
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
  ["worse than the margin, but not certainly", compared(5.15, 5, 0.1), "inconclusive", /too few rows to be sure/],
  ["certainly worse than the margin", compared(5.5, 5, 0.1), "regression", /even the lower bound/],
  ["the approved model again", compared(5, 5, 0, others), "unchanged", /byte for byte/],
  [
    "the approved model's file with other code",
    compared(5.5, 5, 0.1, others),
    "regression",
    /is \+0\.5 on the same rows/,
  ],
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

  it("includes the comparisons even if the ceiling decides", () => {
    const { name, reasons, margin, best } = judge(
      {
        ...compared(7, 5, 0.1),
        best: { value: 4, sha256: "c".repeat(64), difference: { mean: 3, lower: 2, upper: 4 } },
      },
      rules,
    );
    assert.deepEqual([name, margin, best], ["regression", 0.1, { name: "regression", margin: 0.08 }]);
    assert.match(
      reasons.join("\n"),
      /^The candidate's MSE is 7, over the ceiling of 6\.\n.*baseline's 5.*\n.*best approved/,
    );
  });

  it("is unchanged for an identical unapproved baseline only if it is as good as the best model", () => {
    const rejected = { ...rules, unapproved: "Rejected" };
    const { name, reasons } = judge(compared(5, 5, 0, others), rejected);
    assert.equal(name, "unchanged");
    assert.equal(reasons[0], "The candidate is identical to the baseline, byte for byte, whose status is Rejected.");
    assert.match(reasons[1] ?? "", /^The difference to the baseline's 5 is \+0 /);
    const best = { value: 4, sha256: "c".repeat(64), difference: { mean: 1, lower: 0.9, upper: 1.1 } };
    const drifted = judge({ ...compared(5, 5, 0, others), best }, rejected);
    assert.equal(drifted.name, "regression");
    assert.match(drifted.reasons[0] ?? "", /best approved/);
    assert.ok(
      drifted.reasons.includes("The candidate is identical to the baseline, byte for byte, whose status is Rejected."),
    );
    assert.equal(
      judge(compared(5, 5, 0.1), rejected)
        .reasons.join()
        .includes("byte for byte"),
      false,
    );
  });

  it("consists of sentences, the deciding one first", () => {
    const said = (evaluation: Evaluation): Verdict => judge(evaluation, rules);
    const own = "The candidate's MSE is 5.5, the ceiling is 6.";
    const difference = (bounds: string) =>
      `The difference to the baseline's 5 is +0.5 on the same rows (one-sided 95 % bounds ${bounds}), the margin is 0.1`;
    assert.deepEqual(said({ test, candidate: { value: 5.5, sha256: own } }), { name: "pass", reasons: [own] });
    assert.deepEqual(said({ test, candidate: { value: 6.12345, sha256: own } }), {
      name: "regression",
      reasons: ["The candidate's MSE is 6.123, over the ceiling of 6."],
    });
    assert.deepEqual(said(compared(5.5, 5, 0.25)), {
      name: "regression",
      margin: 0.1,
      reasons: [`${difference("+0.25 and +0.75")}: even the lower bound is above the margin.`, own],
    });
    assert.deepEqual(said(compared(5.5, 5, 1)), {
      name: "inconclusive",
      margin: 0.1,
      reasons: [`${difference("-0.5 and +1.5")}: worse than the margin, but there are too few rows to be sure.`, own],
    });
    assert.deepEqual(said(compared(5.5, 6, 0.25)).reasons, [
      "The difference to the baseline's 6 is -0.5 on the same rows (one-sided 95 % bounds -0.75 and -0.25), the margin is 0.12.",
      own,
    ]);
    assert.deepEqual(said(compared(5.5, 5.5, 0, others)), {
      name: "unchanged",
      margin: 0.11,
      reasons: ["The candidate is identical to the approved model, byte for byte.", own],
    });
  });

  it("is not a regression if the lower bound equals the margin", () => {
    const tolerance = { relative: 0, absolute: 0.5 };
    assert.equal(judge(compared(5.75, 5, 0.25), { ...rules, tolerance }).name, "inconclusive");
  });

  describe("with a metric where higher is better", () => {
    const accuracy: Rules = {
      metric: "accuracy",
      direction: "higher",
      ceiling: 0.75,
      tolerance: { relative: 0, absolute: 0.125 },
    };
    /** A candidate whose mean loss exceeds the baseline's by the difference in accuracy. */
    function classified(value: number, baseline: number, halfWidth: number): Evaluation {
      const mean = baseline - value;
      const difference = { mean, lower: mean - halfWidth, upper: mean + halfWidth };
      return { test, candidate: { value, sha256: own }, baseline: { value: baseline, sha256: others, difference } };
    }

    it("is a regression below the floor, but not at the floor", () => {
      assert.deepEqual(judge({ test, candidate: { value: 0.7, sha256: own } }, accuracy), {
        name: "regression",
        reasons: ["The candidate's accuracy is 0.7, below the floor of 0.75."],
      });
      assert.deepEqual(judge({ test, candidate: { value: 0.75, sha256: own } }, accuracy), {
        name: "pass",
        reasons: ["The candidate's accuracy is 0.75, the floor is 0.75."],
      });
    });

    it("compares the loss, and says so", () => {
      assert.equal(judge(classified(0.875, 0.75, 0.01), accuracy).name, "pass");
      assert.equal(judge(classified(0.75, 0.875, 0.01), accuracy).name, "pass");
      assert.equal(judge(classified(0.75, 1, 0.25), accuracy).name, "inconclusive");
      const { name, reasons } = judge(classified(0.75, 1, 0.0625), accuracy);
      assert.equal(name, "regression");
      assert.match(reasons[0] ?? "", /^The difference in loss to the baseline's 1 is \+0\.25 on the same rows/);
    });
  });

  describe("with the best approved model in addition to the baseline", () => {
    const third = "c".repeat(64);
    /** The half widths of the two comparisons' intervals. */
    function both(value: number, baseline: number, best: number, width: number, bestWidth = width): Evaluation {
      const mean = value - best;
      const difference = { mean, lower: mean - bestWidth, upper: mean + bestWidth };
      return { ...compared(value, baseline, width), best: { value: best, sha256: third, difference } };
    }
    const names: readonly (readonly [string, Evaluation, VerdictName, RegExp, VerdictName])[] = [
      ["as good as both", both(5, 5, 5, 0.1), "pass", /to the baseline's 5 is \+0 /, "pass"],
      [
        "a little worse each time, now surely too much",
        both(5, 4.95, 4.5, 0.1),
        "regression",
        /best approved/,
        "regression",
      ],
      [
        "a little worse each time, not surely",
        both(5, 4.95, 4.8, 0.2),
        "inconclusive",
        /best approved/,
        "inconclusive",
      ],
      [
        "surely worse than the baseline, hardly than the best",
        both(5.5, 5, 4.9, 0.1, 0.9),
        "regression",
        /baseline/,
        "inconclusive",
      ],
      ["not surely worse than both", both(5.2, 5, 4.9, 0.3), "inconclusive", /baseline/, "inconclusive"],
      ["surely worse than both", both(5.9, 5, 4.9, 0.1), "regression", /baseline/, "regression"],
      [
        "surely worse than the best, not surely than the baseline",
        both(5.2, 5, 4.5, 0.3),
        "regression",
        /best/,
        "regression",
      ],
    ];
    for (const [what, evaluation, name, first, drifted] of names)
      it(`${name}: ${what}`, () => {
        const verdict = judge(evaluation, rules);
        assert.equal(verdict.name, name);
        assert.match(verdict.reasons[0] ?? "", first);
        assert.equal(verdict.best?.name, drifted);
        assert.equal(verdict.margin, 0.02 * (evaluation.baseline?.value ?? 0));
        assert.equal(verdict.best?.margin, 0.02 * (evaluation.best?.value ?? 0));
        const sentences = verdict.reasons.join(" ");
        for (const part of ["the baseline's", "the best approved model's", "the ceiling is 6"])
          assert.ok(sentences.includes(part), part);
        assert.equal(
          /they have drifted away from the best\.$/.test(verdict.reasons[1] ?? ""),
          first.source.includes("best"),
        );
      });

    it("is unchanged for the approved model, however good the best model is", () => {
      const same = { ...compared(5, 5, 0, others), best: both(5, 5, 4, 0.1).best } as Evaluation;
      assert.equal(judge(same, rules).name, "unchanged");
    });
  });

  it("adds the absolute tolerance to the margin", () => {
    const tolerance = { relative: 0, absolute: 0.5 };
    assert.equal(judge(compared(5.5, 5, 0.01), { ...rules, tolerance }).name, "pass");
    assert.equal(judge(compared(5.52, 5, 0.01), { ...rules, tolerance }).name, "regression");
  });

  it("never improves when the candidate gets worse", () => {
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
