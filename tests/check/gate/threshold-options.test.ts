import assert from "node:assert/strict";
import { parseThresholds, thresholdHelp, thresholdOptions } from "../../../check/gate/threshold-options.ts";
import { ExitError } from "../../../exit-code.ts";

describe("the threshold options", () => {
  it("are in the help text", () => {
    for (const option of Object.keys(thresholdOptions)) assert.ok(thresholdHelp.includes(`--${option} `), option);
  });

  it("set one threshold each", () => {
    const options = { ceiling: "-1", "relative-tolerance": "0", "absolute-tolerance": "1e-3" };
    assert.deepEqual(parseThresholds(options), { ceiling: -1, relativeTolerance: 0, absoluteTolerance: 0.001 });
    const none = { ceiling: undefined, relativeTolerance: undefined, absoluteTolerance: undefined };
    assert.deepEqual(parseThresholds({}), none);
  });

  it("accept a relative tolerance up to 1, and any absolute tolerance", () => {
    const options = { ceiling: "1e9", "relative-tolerance": "1", "absolute-tolerance": "1e9" };
    assert.deepEqual(parseThresholds(options), { ceiling: 1e9, relativeTolerance: 1, absoluteTolerance: 1e9 });
  });

  const refused: readonly (readonly [string, Parameters<typeof parseThresholds>[0], string])[] = [
    ["nothing but spaces", { ceiling: " " }, '--ceiling takes a number, not " ".'],
    ["no end", { ceiling: "Infinity" }, '--ceiling takes a number, not "Infinity".'],
    [
      "a negative fraction",
      { "relative-tolerance": "-0.1" },
      "--relative-tolerance takes a number of at least 0, not -0.1.",
    ],
    ["a negative amount", { "absolute-tolerance": "-1" }, "--absolute-tolerance takes a number of at least 0, not -1."],
    [
      "per cent for a fraction",
      { "relative-tolerance": "2" },
      "--relative-tolerance takes a fraction of at most 1, such as 0.02 for 2 %, not 2.",
    ],
  ];
  for (const [what, options, message] of refused)
    it(`are rejected with exit code 2: ${what}`, () =>
      assert.throws(
        () => parseThresholds(options),
        (error) => error instanceof ExitError && error.code === 2 && error.message === message,
      ));
});
