import assert from "node:assert/strict";
import type { Evaluation } from "../../../check/gate/evaluation.ts";
import { refusedAnyway, stackVerdict, verdictExitCode } from "../../../check/gate/stack-verdict.ts";
import type { Threshold } from "../../../check/gate/thresholds.ts";
import type { VerdictName } from "../../../check/gate/verdict.ts";

const threshold = (value: number): Threshold => ({ value, source: "pipeline" });
const thresholds = { ceiling: threshold(6), relativeTolerance: threshold(0.02), absoluteTolerance: threshold(0.1) };
const gate = { metric: "MSE", direction: "lower" } as const;
const [own, others] = ["a".repeat(64), "b".repeat(64)];

function compared(value: number, halfWidth: number, sha256 = own): Evaluation {
  const mean = value - 5;
  const difference = { mean, lower: mean - halfWidth, upper: mean + halfWidth };
  const test = { rows: 606, sha256: "0".repeat(64), splitRule: "rule/1" };
  return { test, candidate: { value, sha256 }, baseline: { value: 5, sha256: others, difference } };
}

describe("stackVerdict", () => {
  const codes: readonly (readonly [VerdictName, "warn" | "fail", number])[] = [
    ["pass", "warn", 0],
    ["pass", "fail", 0],
    ["unchanged", "warn", 0],
    ["unchanged", "fail", 0],
    ["inconclusive", "warn", 0],
    ["inconclusive", "fail", 1],
    ["regression", "warn", 1],
    ["regression", "fail", 1],
  ];
  for (const [name, policy, code] of codes)
    it(`ends with ${code} for the verdict ${name} and the policy ${policy}`, () => {
      assert.equal(verdictExitCode(name, policy), code);
    });

  it("uses each of the thresholds", () => {
    const at = (value: number, more: object = {}) =>
      stackVerdict(
        compared(value, 0.01),
        { gate, inconclusive: "warn", thresholds: { ...thresholds, ...more } },
        { notes: [] },
      );
    assert.equal(at(5.19).name, "pass");
    assert.equal(at(5.19).margin, 0.2);
    assert.equal(at(5.3).name, "regression");
    assert.equal(at(5.3, { absoluteTolerance: threshold(0.25) }).name, "pass");
    assert.equal(at(5.3, { relativeTolerance: threshold(0.1) }).name, "pass");
    assert.equal(at(5.1, { ceiling: threshold(5) }).name, "regression");
  });

  it("adds the policy to an inconclusive verdict, and how the models were chosen", () => {
    for (const inconclusive of ["warn", "fail"] as const) {
      const notes = ["The baseline was given."];
      const { name, reasons } = stackVerdict(compared(5.3, 1), { gate, inconclusive, thresholds }, { notes });
      assert.equal(name, "inconclusive");
      const ends = inconclusive === "warn" ? "lets the check pass" : "makes the check fail";
      assert.deepEqual(reasons.slice(-2), [
        `The stack's policy for inconclusive verdicts (${inconclusive}) ${ends}; a person decides on the model.`,
        ...notes,
      ]);
    }
    const { reasons } = stackVerdict(
      compared(5, 1),
      { gate, inconclusive: "fail", thresholds },
      { notes: ["A note."] },
    );
    assert.deepEqual(reasons.slice(1), ["The candidate's MSE is 5, the ceiling is 6.", "A note."]);
  });

  it("names the status of an identical baseline that is not approved", () => {
    const verdict = (status?: string) =>
      stackVerdict(
        compared(5, 0, others),
        { gate, inconclusive: "warn", thresholds },
        { notes: [], ...(status === undefined ? {} : { baseline: { status } }) },
      );
    assert.equal(verdict("Approved").name, "unchanged");
    assert.equal(verdict("Rejected").name, "unchanged");
    assert.match(verdict("Rejected").reasons.join(), /byte for byte, whose status is Rejected/);
    assert.doesNotMatch(verdict("Approved").reasons.join(), /which is/);
    assert.equal(verdict().name, "unchanged");
  });

  it("reports that the pipeline rejected a good model, and names its ceiling if it differs", () => {
    const step = { ceilingStep: "Refuse" };
    const same =
      "The pipeline rejected the model in Refuse and registered none, but its evaluation is good enough: why";
    for (const started of [undefined, 7]) assert.equal(refusedAnyway("why", step, 7, started).message, same);
    const { code, message } = refusedAnyway("why", step, 7, 1);
    assert.equal(code, 5);
    assert.equal(
      message,
      "The pipeline rejected the model in Refuse because of the ceiling 1 that it was started with and registered none, but its evaluation is good enough for the ceiling 7: why",
    );
  });
});
