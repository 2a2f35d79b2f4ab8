import assert from "node:assert/strict";
import type * as Catalog from "../../pipelines/catalog.ts";
import type { PipelineContext } from "../../pipelines/training-pipeline.ts";
import { PlantedFolders, trainingPipeline } from "./planted-folders.ts";

const context: PipelineContext = {
  ...{ region: "us-east-1", bucket: "b", prefix: "p", roleArn: "arn:aws:iam::111122223333:role/r" },
  ...{ pipelineName: "n", modelPackageGroupName: "n" },
};

/** Returns the text of a `pipeline.ts` whose `getPipeline` has this body. */
const doing = (body: string) => `export function getPipeline(context) { ${body} }`;
const shape = "getPipeline must return { pipeline, gate }, or { pipeline } without a model to judge, but";

/** Folders with their programs and the expected errors. Undefined stands for a valid pipeline. */
const folders: readonly (readonly [string, string, string | RegExp | undefined])[] = [
  ["good", trainingPipeline(), undefined],
  ["constructor", trainingPipeline(), undefined],
  ["__proto__", trainingPipeline(), undefined],
  ["per%cent", trainingPipeline(), undefined],
  ["per%20cent", trainingPipeline(), undefined],
  ["has#hash", trainingPipeline(), undefined],
  ["has?mark", trainingPipeline(), undefined],
  ["no-gate", doing('return { pipeline: { name: "n", parameters: [], steps: [] } }'), undefined],
  [
    "part-of-a-gate",
    trainingPipeline("{ gate: { ...{}, metric: 'MSE', direction: 'lower' } }"),
    `${shape} gate.evaluation is undefined`,
  ],
  ["null-gate", trainingPipeline("{ gate: null }"), `${shape} gate is null`],
  [
    "ceiling-text",
    trainingPipeline("{ gate: { ...gate, ceiling: '6' } }"),
    `${shape} gate.ceiling is string, not a number`,
  ],
  [
    "ceiling-none",
    trainingPipeline("{ gate: { ...gate, ceiling: 0 / 0 } }"),
    `${shape} gate.ceiling is NaN, not a number`,
  ],
  [
    "gate-of-auc",
    trainingPipeline("{ gate: { ...gate, value: { path: 'auc.value' } } }"),
    /^gate\.value is auc, which is not the mean/,
  ],
  [
    "steps-none",
    trainingPipeline("{ pipeline: { ...made, steps: 5 } }"),
    `${shape} pipeline.steps is number, not a list`,
  ],
  ["nothing", doing("return undefined"), `${shape} its result is undefined`],
  ["empty", doing("return {}"), `${shape} pipeline is undefined`],
  ["text", doing('return "pipeline"'), `${shape} its result is string`],
  ["async", "export async function getPipeline() {}", /^getPipeline is async, .*leave out async/],
  [
    "number",
    "export const getPipeline = 5;",
    /pipelines\/number\/pipeline\.ts does not export a function getPipeline; add export/,
  ],
  [
    "none",
    "export const pipeline = 5;",
    /pipelines\/none\/pipeline\.ts does not export a function getPipeline; add export/,
  ],
  ["with-data", `${trainingPipeline()}export const sampleData = new URL("sample.csv", import.meta.url);`, undefined],
  ["with-bad-data", `${trainingPipeline()}export const sampleData = 5;`, undefined],
  ["throws", doing('throw new Error("no such colour")'), /^no such colour \(pipelines\/throws\/pipeline\.ts:1\)$/],
  [
    "throws-frozen",
    doing('throw Object.freeze(new Error("cold"))'),
    /^cold \(pipelines\/throws-frozen\/pipeline\.ts:1\)$/,
  ],
  ["throws-empty", doing("throw new TypeError()"), /^TypeError without a message/],
  [
    "throws-text",
    doing('throw "a string"'),
    `threw 'a string', which is not an Error; throw new Error("what is wrong")`,
  ],
  ["throws-null", doing("throw null"), /^threw null, which is not an Error/],
  ["throws-nothing", doing("throw undefined"), /^threw undefined, which is not an Error/],
  ["throws-object", doing("throw { code: 1 }"), /^threw \{ code: 1 \}, which is not an Error/],
  ["throws-early", 'throw "early";', /^threw 'early', which is not an Error/],
];

describe("the catalog of pipelines", () => {
  let planted: PlantedFolders;
  let catalog: typeof Catalog;
  before(async () => {
    planted = new PlantedFolders(folders.map(([folder, program]) => [folder, program]));
    catalog = await planted.module<typeof Catalog>("pipelines/catalog.ts");
  });
  after(() => planted.remove());

  it("lists every folder with a pipeline.ts", () => {
    assert.deepEqual(catalog.pipelineNames(), folders.map(([folder]) => folder).sort());
  });

  it("loads a folder's sample data, and names the folder whose sample data is not valid", async () => {
    assert.match(String(await catalog.loadSampleData("with-data")), /^file:.*\/pipelines\/with-data\/sample\.csv$/);
    assert.equal(await catalog.loadSampleData("good"), undefined);
    await assert.rejects(
      catalog.loadSampleData("with-bad-data"),
      /^Error: sampleData is 5; write .* \(pipelines\/with-bad-data\/pipeline\.ts\)$/,
    );
    await assert.rejects(catalog.loadSampleData("clam"), /^Error: pipeline clam does not exist; use one of: /);
  });

  for (const [folder, , message] of folders)
    it(
      message === undefined
        ? `loads the pipeline folder "${folder}"`
        : `reports in one line the mistake of the pipeline folder "${folder}"`,
      async () => {
        const make = async () => (await catalog.loadPipeline(folder))(context);
        if (message === undefined) {
          assert.equal((await make()).pipeline.name, "n");
          return;
        }
        await assert.rejects(make, (error: unknown) => {
          assert.ok(error instanceof Error);
          if (typeof message === "string") assert.ok(error.message.startsWith(message), error.message);
          else assert.match(error.message, message);
          assert.doesNotMatch(error.message, /\n/);
          return true;
        });
      },
    );
});
