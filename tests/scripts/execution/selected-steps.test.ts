import assert from "node:assert/strict";
import { getPipeline } from "../../../pipelines/abalone/pipeline.ts";
import { ExitError } from "../../../scripts/command/exit-code.ts";
import { stepsFrom } from "../../../scripts/execution/selected-steps.ts";
import { abaloneContext } from "../../infra/abalone-context.ts";

describe("the steps of a part of the pipeline", () => {
  const { pipeline } = getPipeline(abaloneContext);
  const [evaluate, check] = ["EvaluateAbaloneModel", "CheckMSEAbaloneEvaluation"];
  const branches = ["RegisterAbaloneModel", "RefuseAbaloneModel"];

  const parts: readonly (readonly [string, readonly string[]])[] = [
    ["PreprocessAbaloneData", ["PreprocessAbaloneData", "TrainAbaloneModel", evaluate, check, ...branches]],
    [evaluate, [evaluate, check, ...branches]],
    [check, [check, ...branches]],
    ["RegisterAbaloneModel", ["RegisterAbaloneModel"]],
  ];
  for (const [from, steps] of parts)
    it(`from ${from} on are it and all that wait for it`, () => {
      assert.deepEqual(stepsFrom(pipeline, from), steps);
    });

  it("are none from a step that is not there: exit code 2, with the names", () => {
    assert.throws(
      () => stepsFrom(pipeline, "train"),
      (error) =>
        error instanceof ExitError && error.code === 2 && /no step "train".*TrainAbaloneModel/.test(error.message),
    );
  });
});
