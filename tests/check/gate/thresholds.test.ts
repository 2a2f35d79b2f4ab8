import assert from "node:assert/strict";
import type { GivenThresholds } from "../../../check/gate/threshold-options.ts";
import { givenThresholdsOf, thresholds, thresholdsText } from "../../../check/gate/thresholds.ts";
import { ExitError } from "../../../exit-code.ts";

const gate = {
  ceiling: 6,
  ceilingParameter: "MseCeiling",
  tolerance: { relative: 0.02, absolute: 0 },
  configured: ["relativeTolerance" as const],
};

describe("the thresholds of a check", () => {
  it("are the pipeline's, except those that the stack's configuration sets", () => {
    assert.deepEqual(thresholds(gate, {}), {
      ceiling: { value: 6, source: "pipeline" },
      relativeTolerance: { value: 0.02, source: "configuration" },
      absoluteTolerance: { value: 0, source: "pipeline" },
    });
  });

  it("prefer flags to all others", () => {
    const given = { ceiling: 5.5, relativeTolerance: 0, absoluteTolerance: 0.001 };
    assert.deepEqual(thresholds(gate, { Colour: "red" }, given), {
      ceiling: { value: 5.5, source: "flag" },
      relativeTolerance: { value: 0, source: "flag" },
      absoluteTolerance: { value: 0.001, source: "flag" },
    });
  });

  it("prefer the execution's thresholds to the deployed ones, and flags to both", () => {
    const started = { ceiling: 5, relativeTolerance: 0.02, absoluteTolerance: 0.25 };
    assert.deepEqual(thresholds(gate, {}, { absoluteTolerance: 0.5 }, started), {
      ceiling: { value: 5, source: "execution" },
      relativeTolerance: { value: 0.02, source: "configuration" },
      absoluteTolerance: { value: 0.5, source: "flag" },
    });
    assert.match(thresholdsText(thresholds(gate, {}, {}, started), "lower"), /^ceiling 5 from the execution, /);
  });

  it("are noted on an execution only if they are not the deployed ones", () => {
    assert.deepEqual(givenThresholdsOf(thresholds(gate, {})), {});
    assert.deepEqual(givenThresholdsOf(thresholds(gate, {}, { ceiling: 5, absoluteTolerance: 0.5 })), {
      thresholds: { ceiling: 5, absoluteTolerance: 0.5 },
    });
    assert.deepEqual(givenThresholdsOf(thresholds(gate, {}, { relativeTolerance: 0.02 }, { absoluteTolerance: 3 })), {
      thresholds: { relativeTolerance: 0.02, absoluteTolerance: 3 },
    });
  });

  it("accept the ceiling as a pipeline parameter", () => {
    assert.deepEqual(thresholds(gate, { MseCeiling: "7" }, { relativeTolerance: 0.1 }), {
      ceiling: { value: 7, source: "flag" },
      relativeTolerance: { value: 0.1, source: "flag" },
      absoluteTolerance: { value: 0, source: "pipeline" },
    });
  });

  it("are displayed with their sources", () => {
    assert.equal(
      thresholdsText(thresholds(gate, {}, { absoluteTolerance: 0.5 }), "lower"),
      "ceiling 6 from the pipeline, relative tolerance 0.02 from the stack's configuration, absolute tolerance 0.5 from a flag",
    );
  });

  it("are displayed with a floor if a higher metric is better", () => {
    assert.equal(
      thresholdsText(thresholds({ ...gate, ceiling: 0.8 }, {}), "higher"),
      "floor 0.8 from the pipeline, relative tolerance 0.02 from the stack's configuration, absolute tolerance 0 from the pipeline",
    );
  });

  const refused: readonly (readonly [string, Record<string, string>, GivenThresholds, string])[] = [
    ["a word", { MseCeiling: "low" }, {}, '--parameter MseCeiling takes a number, not "low".'],
    [
      "the ceiling twice",
      { MseCeiling: "7" },
      { ceiling: 7 },
      "--ceiling and --parameter MseCeiling both give the ceiling: give one of them.",
    ],
  ];
  for (const [what, parameters, given, message] of refused)
    it(`are rejected with exit code 2: ${what}`, () =>
      assert.throws(
        () => thresholds(gate, parameters, given),
        (error) => error instanceof ExitError && error.code === 2 && error.message === message,
      ));
});
