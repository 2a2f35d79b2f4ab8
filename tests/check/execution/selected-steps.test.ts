import assert from "node:assert/strict";
import { stepsFrom } from "../../../check/execution/selected-steps.ts";
import { ExitError } from "../../../exit-code.ts";
import { cricketsContext } from "../../infra/crickets-context.ts";
import { getPipeline } from "../../pipelines-under-test/crickets/pipeline.ts";

describe("stepsFrom", () => {
  const { pipeline } = getPipeline(cricketsContext);
  const [evaluate, check] = ["ScoreLine", "CheckError"];
  const branches = ["RegisterLine", "RefuseLine"];

  const made = ["SplitChirps", "FitLine"];
  const parts: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
    ["SplitChirps", [...made, evaluate, check, ...branches], [], []],
    [evaluate, [evaluate, check, ...branches], made, made],
    [check, [check, ...branches], ["FitLine", evaluate], [...made, evaluate]],
    ["RegisterLine", ["RegisterLine"], ["FitLine", evaluate, check], [...made, evaluate, check]],
  ];
  for (const [from, steps, needed, upstream] of parts)
    it(`selects ${from} and all steps that depend on it, and names the steps that they need`, () => {
      assert.deepEqual(stepsFrom(pipeline, from), { steps, needed, upstream });
    });

  it("rejects an unknown step with exit code 2 and lists the names", () => {
    assert.throws(
      () => stepsFrom(pipeline, "train"),
      (error) => error instanceof ExitError && error.code === 2 && /no step "train".*FitLine/.test(error.message),
    );
  });
});
