import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { ScriptResult } from "../../local/jobs/processing-container.ts";
import { evaluateErrors, modelUrl } from "./evaluate-errors.ts";
import { EvaluatedModels, type Evaluation, mean, near, spread } from "./evaluated-models.ts";
import { studentQuantile } from "./student-t.ts";

describe("evaluate.py", function () {
  this.timeout(120_000);
  const models = new EvaluatedModels();
  before(() => models.start());
  after(() => models.stop());

  it("scores a model in a separate Python as in the warm one that the other tests use", async () => {
    const { container: one } = await models.run("good", "none");
    const warm = await one.read("processing/evaluation/evaluation.json");
    const args = ["--baseline-model-url", "none"];
    assert.deepEqual(
      (await one.run("pipelines/abalone/evaluate.py", args, { ...models.environment, OMP_NUM_THREADS: "1" })).code,
      0,
    );
    assert.deepEqual(await one.read("processing/evaluation/evaluation.json"), warm);
  });

  it("scores a model on the test rows", async () => {
    const evaluation = await models.evaluate("good", "none");
    models.checkScores(evaluation.regression_metrics, models.predictions.good);
    assert.equal(evaluation.schema_version, 1);
    assert.deepEqual(evaluation.test, {
      rows: 606,
      sha256: createHash("sha256").update(models.testRows).digest("hex"),
      split_rule: "sha256-of-canonical-row-70-15-15/1",
    });
    assert.ok(!("baseline" in evaluation) && !("comparison" in evaluation), "there is no baseline");
  });

  it("scores a model when the baseline argument is missing", async () => {
    assert.deepEqual(await models.evaluate("good"), await models.evaluate("good", "none"));
  });

  it("compares with the baseline on the same rows by paired differences and Student's t", async () => {
    const url = "s3://models/good.tar.gz";
    const { regression_metrics, baseline, comparison, model } = await models.evaluate("worse", url);
    models.checkScores(regression_metrics, models.predictions.worse);
    assert.ok(baseline !== undefined && comparison !== undefined);
    models.checkScores(baseline.regression_metrics, models.predictions.good);
    assert.equal(baseline.model_url, url);
    assert.notEqual(baseline.sha256, model.sha256);
    const differences = models.predictions.labels.map(
      (label, index) =>
        (label - (models.predictions.worse[index] ?? 0)) ** 2 - (label - (models.predictions.good[index] ?? 0)) ** 2,
    );
    const error = Math.sqrt(spread(differences) / (differences.length - 1) / differences.length);
    const quantile = studentQuantile(0.95, differences.length - 1);
    assert.equal(comparison.metric, "squared_error");
    near(comparison.mean_difference, mean(differences));
    near(comparison.mean_difference, regression_metrics.mse.value - baseline.regression_metrics.mse.value);
    near(comparison.standard_error, error);
    near(comparison.lower_95, mean(differences) - quantile * error);
    near(comparison.upper_95, mean(differences) + quantile * error);
  });

  it("compares with the best approved model in the same way as with the baseline", async () => {
    const [good, worse] = ["s3://models/good.tar.gz", "s3://models/worse.tar.gz"];
    const both = await models.evaluate("json", worse, {}, good);
    const other = await models.evaluate("json", good, {}, "none");
    assert.deepEqual([both.best, both.best_comparison], [other.baseline, other.comparison]);
    assert.equal(both.baseline?.model_url, worse);
    assert.ok((both.comparison?.mean_difference ?? 0) < 0, "better than the baseline");
    assert.ok(!("best" in other) && !("best_comparison" in other), "none means that no model exists");
  });

  it("asks S3 in the region of AWS_REGION, the only variable that SageMaker's containers set", async () => {
    await models.evaluate("json", "s3://models/good.tar.gz");
    assert.deepEqual(models.regions, ["eu-central-1"]);
  });

  it("is tested with quantiles that agree with a published table", () => {
    near(studentQuantile(0.95, 10), 1.8124611);
    near(studentQuantile(0.95, 120), 1.6576509);
  });

  it("reports a difference of 0 between a model and itself", async () => {
    const { comparison, baseline, model, regression_metrics } = await models.evaluate(
      "good",
      "s3://models/good.tar.gz",
    );
    assert.deepEqual(comparison, {
      metric: "squared_error",
      mean_difference: 0,
      standard_error: 0,
      lower_95: 0,
      upper_95: 0,
    });
    assert.equal(baseline?.sha256, model.sha256);
    assert.deepEqual(baseline?.regression_metrics, regression_metrics);
  });

  for (const format of ["pickled", "json"])
    it(`returns the same scores when the model is ${format}, as other versions of the image save it`, async () => {
      const { comparison, regression_metrics } = await models.evaluate(format, "s3://models/good.tar.gz");
      assert.equal(comparison?.mean_difference, 0);
      models.checkScores(regression_metrics, models.predictions.good);
    });

  it("writes null as R2 when all labels are equal", async () => {
    const rows = models.testRows.toString("utf8").replace(/^[^,]+/gm, "9.0");
    const { regression_metrics, test } = await models.evaluate("good", "none", { "test/test.csv": rows });
    assert.equal(regression_metrics.r2.value, null);
    assert.equal(test.sha256, createHash("sha256").update(rows).digest("hex"));
  });

  describe("writes report-data.json", () => {
    interface ReportData {
      readonly label: string;
      readonly test_rows: number;
      readonly actual: readonly number[];
      readonly candidate: readonly number[];
      readonly baseline?: readonly number[];
      readonly feature_gain: readonly { readonly feature: string; readonly gain: number }[];
    }
    const file = "processing/evaluation/report-data.json";

    it("with predictions of both models, and the gain of each feature by name", async () => {
      const { container: one } = await models.run("worse", "s3://models/good.tar.gz");
      const data = await one.json<ReportData>(file);
      assert.equal(data.label, "rings");
      assert.equal(data.test_rows, 606);
      assert.deepEqual(data.actual, models.predictions.labels);
      for (const [name, column] of [
        ["worse", data.candidate],
        ["good", data.baseline ?? []],
      ] as const) {
        assert.equal(column.length, 606);
        for (const [index, value] of column.entries())
          assert.ok(Math.abs(value - (models.predictions[name][index] ?? 0)) < 1e-3, `${name}, row ${index}: ${value}`);
      }
      const measures = "length diameter height whole_weight shucked_weight viscera_weight shell_weight".split(" ");
      assert.deepEqual(
        data.feature_gain.map(({ feature }) => feature),
        ["sex F", "sex I", "sex M", ...measures],
      );
      const [best] = [...data.feature_gain].sort((a, b) => b.gain - a.gain);
      assert.equal(best?.feature, "shell_weight");
      assert.ok(
        data.feature_gain.some(({ gain }) => gain === 0),
        "two rounds do not use every feature",
      );
      assert.ok((await one.read(file)).length < 40_000);
    });

    it("with at most 1,000 evenly chosen rows", async () => {
      const { container: one } = await models.run("good", "none", {
        "test/test.csv": models.testRows.toString("utf8").repeat(3),
      });
      const data = await one.json<ReportData>(file);
      assert.equal(data.test_rows, 1818);
      assert.equal(data.candidate.length, 909);
      assert.deepEqual(
        data.actual.slice(0, 3),
        [0, 2, 4].map((index) => models.predictions.labels[index]),
      );
      assert.ok(!("baseline" in data));
    });

    it("with numbered features if split.json does not name them", async () => {
      const { container: one } = await models.run("good", "none", { "test/split.json": '{"rule": "any"}' });
      const data = await one.json<ReportData>(file);
      assert.equal(data.label, "label");
      assert.deepEqual(
        data.feature_gain.map(({ feature }) => feature),
        Array.from({ length: 10 }, (_, index) => `feature ${index + 1}`),
      );
    });

    it("after the evaluation, so that an error in writing it does not stop the evaluation", async () => {
      const { container: one, ended } = await models.run("good", "none", { "../evaluation/report-data.json/file": "" });
      assert.equal(ended.code, 0);
      assert.equal(ended.stderr, "");
      assert.match(ended.stdout, /^evaluate: no data for the report's pictures \(.*Is a directory.*\)$/m);
      models.checkScores(
        (await one.json<Evaluation>("processing/evaluation/evaluation.json")).regression_metrics,
        models.predictions.good,
      );
    });
  });

  describe("fails with an error of one line", () => {
    const cases = () => evaluateErrors(models.testRows.toString("utf8"));
    const results = new Map<
      string,
      { readonly ended: ScriptResult; readonly message: string; readonly written: boolean }
    >();

    before(async () => {
      for (const { what, model, baseline, files, best } of cases()) {
        const { container: one, ended } = await models.run(model ?? "good", baseline, files, best);
        const message = await one.text("output/message").catch(() => "");
        const written = await one.read("processing/evaluation/evaluation.json").then(
          () => true,
          () => false,
        );
        results.set(what, { ended, message, written });
      }
    });

    it("for inputs that cannot be read or scored", () => {
      for (const { what, says } of cases()) {
        const { ended, message, written } = results.get(what) ?? assert.fail(what);
        assert.equal(ended.code, /^(baseline|best) model/.test(says) ? 5 : 1, what);
        assert.ok(ended.stderr.startsWith(`evaluate: ${says}`), `${what}: ${ended.stderr}`);
        assert.equal(ended.stderr, `${message}\n`, `${what}: the line is also the job's exit message`);
        assert.ok(!message.includes("\n"), `${what}: ${message}`);
        assert.ok(!written, `${what}: no evaluation is written`);
      }
    });

    it("if S3 cannot be reached", async () => {
      const one = await models.container();
      await one.write("processing/input/model/model.tar.gz", models.archive("good"));
      await one.write("processing/input/test/test.csv", models.testRows);
      await one.write("processing/input/test/split.json", models.split);
      const environment = { ...models.environment, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
      const ended = await one.run(
        "pipelines/abalone/evaluate.py",
        ["--baseline-model-url", modelUrl("good")],
        environment,
      );
      assert.equal(ended.code, 5);
      assert.match(
        ended.stderr,
        /^evaluate: baseline model s3:\/\/models\/good.tar.gz: cannot be downloaded \(Could not connect.*\)\n$/,
      );
    });
  });
});
