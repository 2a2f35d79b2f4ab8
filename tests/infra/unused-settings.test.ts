import assert from "node:assert/strict";
import { unusedSettings } from "../../infra/unused-settings.ts";
import type { GetPipeline, PipelineContext } from "../../pipelines/training-pipeline.ts";
import { getPipeline } from "../pipelines-under-test/crickets/pipeline.ts";
import { cricketsContext } from "./crickets-context.ts";

const image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/team/x:1";

/** A context with every optional setting. */
const chosen = {
  ...cricketsContext,
  ...{ inputDataUrl: "s3://lake/crickets.csv", ceiling: 6, relativeTolerance: 0.02, absoluteTolerance: 0, image },
  ...{ processingInstanceType: "ml.m5.xlarge", trainingInstanceType: "ml.m5.large" },
};
const settings = Object.keys(chosen).filter((key) => !(key in cricketsContext)) as (keyof PipelineContext)[];

function unused(get: GetPipeline, context: PipelineContext): readonly string[] {
  return unusedSettings("crickets", get, context, get(context));
}

describe("unusedSettings", () => {
  it("returns nothing for the crickets pipeline, even for settings that equal its defaults", () => {
    assert.equal(settings.length, 7);
    assert.deepEqual(unused(getPipeline, chosen), []);
    assert.deepEqual(unused(getPipeline, { ...chosen, relativeTolerance: 0 }), []);
  });

  for (const setting of settings)
    it(`reports ${setting} if the pipeline does not use it`, () => {
      const ignoring: GetPipeline = ({ [setting]: _, ...context }) => getPipeline(context as PipelineContext);
      assert.deepEqual(unused(ignoring, chosen), [
        `pipelines.crickets.${setting}: got ${chosen[setting]}, but this pipeline does not use it; leave it out, or use context.${setting} in pipelines/crickets/pipeline.ts`,
      ]);
      assert.deepEqual(unused(ignoring, cricketsContext), []);
    });

  it("counts a setting as used if the pipeline rejects other values", () => {
    const strict: GetPipeline = ({ ceiling, ...context }) => {
      if (ceiling !== 6) throw new Error("6 or nothing");
      return getPipeline(context);
    };
    assert.deepEqual(unused(strict, chosen), []);
  });
});
