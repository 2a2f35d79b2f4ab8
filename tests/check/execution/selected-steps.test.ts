import assert from "node:assert/strict";
import { stepsFrom } from "../../../check/execution/selected-steps.ts";
import { ExitError } from "../../../exit-code.ts";
import { getPipeline } from "../../../pipelines/abalone/pipeline.ts";
import { abaloneContext } from "../../infra/abalone-context.ts";

describe("stepsFrom", () => {
  const { pipeline } = getPipeline(abaloneContext);
  const [evaluate, check] = ["EvaluateAbaloneModel", "CheckMSEAbaloneEvaluation"];
  const branches = ["RegisterAbaloneModel", "RefuseAbaloneModel"];

  const made = ["PreprocessAbaloneData", "TrainAbaloneModel"];
  const parts: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
    ["PreprocessAbaloneData", [...made, evaluate, check, ...branches], [], []],
    [evaluate, [evaluate, check, ...branches], made, made],
    [check, [check, ...branches], ["TrainAbaloneModel", evaluate], [...made, evaluate]],
    [
      "RegisterAbaloneModel",
      ["RegisterAbaloneModel"],
      ["TrainAbaloneModel", evaluate, check],
      [...made, evaluate, check],
    ],
  ];
  for (const [from, steps, needed, upstream] of parts)
    it(`selects ${from} and all steps that depend on it, and names the steps that they need`, () => {
      assert.deepEqual(stepsFrom(pipeline, from), { steps, needed, upstream });
    });

  it("rejects an unknown step with exit code 2 and lists the names", () => {
    assert.throws(
      () => stepsFrom(pipeline, "train"),
      (error) =>
        error instanceof ExitError && error.code === 2 && /no step "train".*TrainAbaloneModel/.test(error.message),
    );
  });
});
