import assert from "node:assert/strict";
import { checkPipeline } from "#language";
import { trainingPipelineProblem } from "../../../pipelines/training-pipeline-problem.ts";
import { environmentContext } from "../../../scripts/definition/environment-context.ts";
import { TestedFolder } from "../../pipelines/tested-folder.ts";

const folder = new TestedFolder(import.meta.url);

describe(folder.path, function () {
  this.timeout(180_000);
  const [header, ...rows] = folder.sample();
  before(() => folder.start());
  after(() => folder.stop());

  it("declares a pipeline that the stack accepts", async () => {
    const getPipeline = await folder.getPipeline();
    const made = getPipeline(environmentContext("tested", {}));
    assert.equal(trainingPipelineProblem(made), undefined);
    assert.deepEqual(checkPipeline(made.pipeline), []);
  });

  it("names the row and the column of a bad cell", async () => {
    const { features } = folder.data();
    const [column = ""] = Object.keys(features);
    const { code, stderr } = await folder.preprocess([header, header.map(() => "bad cell")]);
    assert.equal(code, 1);
    assert.ok(stderr.includes(`data.csv row 2, column ${column}: 'bad cell' is `), stderr);
  });

  it("keeps each row in its part when the data is reordered and grows", async () => {
    const earlier = await folder.split([header, ...rows.slice(5).reverse()]);
    const whole = await folder.split([header, ...rows]);
    for (const part of ["train", "validation", "test"] as const) {
      const lines = new Set(whole[part]);
      const moved = earlier[part].filter((line) => !lines.has(line));
      assert.deepEqual(moved, [], part);
    }
  });

  it("chooses a model whose answers are the predictions of the evaluation", async () => {
    const script = (name: string) => `tests/${folder.path}/${name}`;
    await folder.container.write("model/made-by-the-platform", "");
    for (const [file, ...args] of [
      ["train_linear.py", "--regularization", "1"],
      ["train_xgboost.py", "--num_round", "3"],
      [script("archives.py")],
      ["choose.py"],
    ] as const) {
      const { code, stdout, stderr } = await folder.run(file, args);
      assert.equal(code, 0, stderr);
      if (file === "choose.py") assert.match(stdout, /^choose: (linear|xgboost) is better$/m);
    }
    const [answered, predicted] = await folder.printed<[string[], string[]]>(script("answered.py"), [
      folder.sampleFile,
    ]);
    assert.deepEqual(answered, predicted);
    assert.equal(answered.length, 20);
  });
});
