import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { abaloneText, Container, type ScriptResult } from "./processing-container.ts";
import { type S3Objects, serveS3Objects } from "./s3-objects.ts";
import { studentQuantile } from "./student-t.ts";
import { WarmPython } from "./warm-python.ts";

/** Python code that trains models on the training rows, and saves their predictions for the test rows. */
const trainModels = `
import io, json, os, pickle, sys, tarfile
import numpy as np, xgboost
base = os.environ["SAGEMAKER_BASE_DIR"]
rows = np.genfromtxt(base + "/processing/train/train.csv", delimiter=",")
test = np.genfromtxt(base + "/processing/test/test.csv", delimiter=",")

def train(columns=10, rounds=50, **more):
    parameters = {"objective": "reg:squarederror", "max_depth": 5, "eta": 0.2, "nthread": 2, **more}
    features = np.hstack([rows[:, 1:], rows[:, 1:]])[:, :columns]
    return xgboost.train(parameters, xgboost.DMatrix(features, label=rows[:, 0]), num_boost_round=rounds)

def keep(name, content, member="xgboost-model"):
    with tarfile.open(f"{base}/{name}.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo(member)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))

good, worse = train(), train(rounds=2)
keep("good", good.save_raw("ubj"))
keep("json", good.save_raw("json"))
keep("pickled", pickle.dumps(good))
keep("worse", worse.save_raw("ubj"))
keep("narrow", train(columns=9).save_raw("ubj"))
keep("wide", train(columns=12).save_raw("ubj"))
keep("classes", train(objective="multi:softprob", num_class=30, rounds=1).save_raw("ubj"))
keep("garbage", b"this is no model")
keep("cut", good.save_raw("ubj")[:5000])
keep("dictionary", pickle.dumps({}))
keep("torn-pickle", pickle.dumps(good)[:3000])
keep("other-member", good.save_raw("ubj"), member="model.bin")
matrix = xgboost.DMatrix(test[:, 1:])
predictions = {name: model.predict(matrix).astype(float).tolist() for name, model in (("good", good), ("worse", worse))}
json.dump({"labels": test[:, 0].tolist(), **predictions}, open(base + "/predictions.json", "w"))
`;

interface Scores {
  readonly mse: { readonly value: number; readonly standard_deviation: number };
  readonly mae: { readonly value: number; readonly standard_deviation: number };
  readonly r2: { readonly value: number | null };
}

interface Evaluation {
  readonly schema_version: number;
  readonly regression_metrics: Scores;
  readonly test: { readonly rows: number; readonly sha256: string; readonly split_rule: string };
  readonly model: { readonly sha256: string };
  readonly baseline?: Approved;
  readonly comparison?: Comparison;
  readonly best?: Approved;
  readonly best_comparison?: Comparison;
}

interface Approved {
  readonly model_url: string;
  readonly sha256: string;
  readonly regression_metrics: Scores;
}

interface Comparison {
  readonly metric: string;
  readonly mean_difference: number;
  readonly standard_error: number;
  readonly lower_95: number;
  readonly upper_95: number;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const spread = (values: readonly number[]) => sum(values.map((value) => (value - mean(values)) ** 2));

function near(actual: number | null | undefined, expected: number): void {
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= 1e-6 * Math.max(1, Math.abs(expected)),
    `${actual}, not ${expected}`,
  );
}

type Files = Readonly<Record<string, string | Uint8Array | undefined>>;

describe("evaluate.py", function () {
  this.timeout(120_000);
  const made: Container[] = [];
  let training: Container;
  let python: WarmPython;
  let s3: S3Objects;
  let archives: Map<string, Buffer>;
  let testRows: Buffer;
  let split: Buffer;
  let predictions: { readonly labels: number[]; readonly good: number[]; readonly worse: number[] };

  async function container(): Promise<Container> {
    const one = await Container.make();
    made.push(one);
    return one;
  }

  before(async () => {
    python = await WarmPython.start();
    training = await container();
    await training.write("processing/input/data/abalone.csv", await abaloneText());
    assert.equal((await training.run("pipelines/abalone/preprocess.py")).code, 0);
    assert.deepEqual(await training.run("-c", [trainModels]), { code: 0, stdout: "", stderr: "" });
    const names = "good json pickled worse narrow wide classes garbage cut dictionary torn-pickle other-member";
    archives = new Map();
    for (const name of names.split(" ")) archives.set(name, await training.read(`${name}.tar.gz`));
    archives.set("no-archive", Buffer.from("this is no archive"));
    archives.set("half", archive("good").subarray(0, 5000));
    archives.set(
      "damaged",
      Buffer.concat([archive("good").subarray(0, 3000), Buffer.alloc(3000, 7), archive("good").subarray(6000)]),
    );
    archives.set("empty", Buffer.alloc(0));
    testRows = await training.read("processing/test/test.csv");
    split = await training.read("processing/test/split.json");
    predictions = await training.json("predictions.json");
    s3 = await serveS3Objects(new Map([...archives].map(([name, body]) => [`/models/${name}.tar.gz`, body])));
  });
  after(async () => {
    python?.stop();
    s3?.close();
    for (const one of made) await one.remove();
  });

  function archive(name: string): Buffer {
    return archives.get(name) ?? Buffer.from(`there is no ${name}`);
  }

  /** Evaluates a model on the test rows. `files` replaces input files of the script. */
  async function run(model: string, baseline: string | undefined, files: Files = {}, best?: string) {
    const one = await container();
    const input = {
      "model/model.tar.gz": archive(model),
      "test/test.csv": testRows,
      "test/split.json": split,
      ...files,
    };
    for (const [path, content] of Object.entries(input))
      if (content !== undefined) await one.write(`processing/input/${path}`, content);
    const args = [
      ...(baseline === undefined ? [] : ["--baseline-model-url", baseline]),
      ...(best === undefined ? [] : ["--best-model-url", best]),
    ];
    return { container: one, ended: await python.run(one, "pipelines/abalone/evaluate.py", args, s3.environment) };
  }

  async function evaluate(model: string, baseline?: string, files?: Files, best?: string): Promise<Evaluation> {
    const { container: one, ended } = await run(model, baseline, files, best);
    assert.equal(ended.stderr, "");
    assert.equal(ended.code, 0);
    return one.json("processing/evaluation/evaluation.json");
  }

  function checkScores(scores: Scores, predicted: readonly number[]): void {
    const residuals = predictions.labels.map((label, index) => label - (predicted[index] ?? Number.NaN));
    const absolute = residuals.map(Math.abs);
    near(scores.mse.value, mean(residuals.map((residual) => residual ** 2)));
    near(scores.mse.standard_deviation, Math.sqrt(spread(residuals) / residuals.length));
    near(scores.mae.value, mean(absolute));
    near(scores.mae.standard_deviation, Math.sqrt(spread(absolute) / absolute.length));
    near(scores.r2.value, 1 - sum(residuals.map((residual) => residual ** 2)) / spread(predictions.labels));
  }

  it("scores a model in a separate Python as in the warm one that the other tests use", async () => {
    const { container: one } = await run("good", "none");
    const warm = await one.read("processing/evaluation/evaluation.json");
    const args = ["--baseline-model-url", "none"];
    assert.deepEqual((await one.run("pipelines/abalone/evaluate.py", args, s3.environment)).code, 0);
    assert.deepEqual(await one.read("processing/evaluation/evaluation.json"), warm);
  });

  it("scores a model on the test rows", async () => {
    const evaluation = await evaluate("good", "none");
    checkScores(evaluation.regression_metrics, predictions.good);
    assert.equal(evaluation.schema_version, 1);
    assert.deepEqual(evaluation.test, {
      rows: 606,
      sha256: createHash("sha256").update(testRows).digest("hex"),
      split_rule: "sha256-of-canonical-row-70-15-15/1",
    });
    assert.ok(!("baseline" in evaluation) && !("comparison" in evaluation), "there is no baseline");
  });

  it("scores a model when the baseline argument is missing", async () => {
    assert.deepEqual(await evaluate("good"), await evaluate("good", "none"));
  });

  it("compares with the baseline on the same rows by paired differences and Student's t", async () => {
    const url = "s3://models/good.tar.gz";
    const { regression_metrics, baseline, comparison, model } = await evaluate("worse", url);
    checkScores(regression_metrics, predictions.worse);
    assert.ok(baseline !== undefined && comparison !== undefined);
    checkScores(baseline.regression_metrics, predictions.good);
    assert.equal(baseline.model_url, url);
    assert.notEqual(baseline.sha256, model.sha256);
    const differences = predictions.labels.map(
      (label, index) => (label - (predictions.worse[index] ?? 0)) ** 2 - (label - (predictions.good[index] ?? 0)) ** 2,
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
    const both = await evaluate("json", worse, {}, good);
    const other = await evaluate("json", good, {}, "none");
    assert.deepEqual([both.best, both.best_comparison], [other.baseline, other.comparison]);
    assert.equal(both.baseline?.model_url, worse);
    assert.ok((both.comparison?.mean_difference ?? 0) < 0, "better than the baseline");
    assert.ok(!("best" in other) && !("best_comparison" in other), "none means that no model exists");
  });

  it("is tested with quantiles that agree with a published table", () => {
    near(studentQuantile(0.95, 10), 1.8124611);
    near(studentQuantile(0.95, 120), 1.6576509);
  });

  it("reports a difference of 0 between a model and itself", async () => {
    const { comparison, baseline, model, regression_metrics } = await evaluate("good", "s3://models/good.tar.gz");
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
      const { comparison, regression_metrics } = await evaluate(format, "s3://models/good.tar.gz");
      assert.equal(comparison?.mean_difference, 0);
      checkScores(regression_metrics, predictions.good);
    });

  it("writes null as R2 when all labels are equal", async () => {
    const rows = testRows.toString("utf8").replace(/^[^,]+/gm, "9.0");
    const { regression_metrics, test } = await evaluate("good", "none", { "test/test.csv": rows });
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
      const { container: one } = await run("worse", "s3://models/good.tar.gz");
      const data = await one.json<ReportData>(file);
      assert.equal(data.label, "rings");
      assert.equal(data.test_rows, 606);
      assert.deepEqual(data.actual, predictions.labels);
      for (const [name, column] of [
        ["worse", data.candidate],
        ["good", data.baseline ?? []],
      ] as const) {
        assert.equal(column.length, 606);
        for (const [index, value] of column.entries())
          assert.ok(Math.abs(value - (predictions[name][index] ?? 0)) < 1e-3, `${name}, row ${index}: ${value}`);
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
      const { container: one } = await run("good", "none", { "test/test.csv": testRows.toString("utf8").repeat(3) });
      const data = await one.json<ReportData>(file);
      assert.equal(data.test_rows, 1818);
      assert.equal(data.candidate.length, 909);
      assert.deepEqual(
        data.actual.slice(0, 3),
        [0, 2, 4].map((index) => predictions.labels[index]),
      );
      assert.ok(!("baseline" in data));
    });

    it("with numbered features if split.json does not name them", async () => {
      const { container: one } = await run("good", "none", { "test/split.json": '{"rule": "any"}' });
      const data = await one.json<ReportData>(file);
      assert.equal(data.label, "label");
      assert.deepEqual(
        data.feature_gain.map(({ feature }) => feature),
        Array.from({ length: 10 }, (_, index) => `feature ${index + 1}`),
      );
    });

    it("or still writes the evaluation if report-data.json cannot be written", async () => {
      const { container: one, ended } = await run("good", "none", { "../evaluation/report-data.json/file": "" });
      assert.equal(ended.code, 0);
      assert.equal(ended.stderr, "");
      assert.match(ended.stdout, /^evaluate: no data for the report's pictures \(.*Is a directory.*\)$/m);
      checkScores(
        (await one.json<Evaluation>("processing/evaluation/evaluation.json")).regression_metrics,
        predictions.good,
      );
    });
  });

  describe("fails with an error of one line", () => {
    const url = (name: string) => `s3://models/${name}.tar.gz`;
    interface Case {
      readonly what: string;
      readonly model?: string;
      readonly baseline?: string;
      readonly best?: string;
      readonly files?: Files;
      readonly says: string;
    }
    const models = [
      ["no-archive", "not a model.tar.gz (file could not be opened successfully"],
      ["half", "not a model.tar.gz ("],
      ["damaged", "not a model.tar.gz ("],
      ["empty", "not a model.tar.gz ("],
      ["other-member", "the archive has no file xgboost-model"],
      ["garbage", "the model cannot be loaded ("],
      ["cut", "the model cannot be loaded ("],
      ["dictionary", "the model cannot be loaded (a pickled dict, not a Booster)"],
      ["torn-pickle", "the model cannot be loaded ("],
      ["narrow", "the test rows cannot be scored (it has 9 features, the rows have 10)"],
      ["wide", "the test rows cannot be scored (it has 12 features, the rows have 10)"],
      ["classes", "the test rows cannot be scored (it predicts 30 values for a row, not one)"],
    ] as const;
    const asCandidate = ["half", "garbage", "wide"];
    const firstRow = () => testRows.toString("utf8").split("\n")[0] ?? "";
    const cases = (): readonly Case[] => [
      ...models.map(([name, says]) => ({
        what: `the baseline ${name}`,
        baseline: url(name),
        says: `baseline model ${url(name)}: ${says}`,
      })),
      ...models
        .filter(([name]) => asCandidate.includes(name))
        .map(([name, says]) => ({ what: `the candidate ${name}`, model: name, says: `model: ${says}` })),
      {
        what: "a baseline: no such object",
        baseline: url("nowhere"),
        says: `baseline model ${url("nowhere")}: cannot be downloaded (An error occurred (NoSuchKey)`,
      },
      {
        what: "a baseline: not on S3",
        baseline: "https://example.com/m.tar.gz",
        says: "baseline model 'https://example.com/m.tar.gz': not an S3 URI such as s3://bucket/path/model.tar.gz",
      },
      {
        what: "a best model: no such object",
        baseline: url("good"),
        best: url("nowhere"),
        says: `best model ${url("nowhere")}: cannot be downloaded (An error occurred (NoSuchKey)`,
      },
      {
        what: "a best model: garbage",
        best: url("garbage"),
        says: `best model ${url("garbage")}: the model cannot be loaded (`,
      },
      { what: "a baseline: no key", baseline: "s3://models", says: "baseline model 's3://models': not an S3 URI" },
      {
        what: "no model",
        files: { "model/model.tar.gz": undefined },
        says: "model: cannot be read ([Errno 2] No such file",
      },
      {
        what: "no test rows",
        files: { "test/test.csv": undefined },
        says: "the test rows cannot be read ([Errno 2] No such file",
      },
      {
        what: "an empty file of test rows",
        files: { "test/test.csv": "" },
        says: "the test rows cannot be read (No columns to parse",
      },
      {
        what: "a word in the test rows",
        files: { "test/test.csv": firstRow().replace(/,/, ",x") },
        says: "the test rows cannot be read (could not convert string to float",
      },
      {
        what: "one test row",
        files: { "test/test.csv": firstRow() },
        says: "there are 1 test rows; expected at least 2",
      },
      {
        what: "labels whose squares overflow",
        files: { "test/test.csv": `${firstRow()}\n${firstRow().replace(/^[^,]+/, "1e200")}\n` },
        says: "some metrics are not finite numbers",
      },
      {
        what: "no split.json",
        files: { "test/split.json": undefined },
        says: "the test rows cannot be read ([Errno 2] No such file",
      },
      {
        what: "a split.json that is not JSON",
        files: { "test/split.json": "{" },
        says: "the test rows cannot be read (Expecting property name",
      },
      { what: "a split.json without a rule", files: { "test/split.json": "[]" }, says: "split.json has no rule" },
    ];
    const results = new Map<
      string,
      { readonly ended: ScriptResult; readonly message: string; readonly written: boolean }
    >();

    before(async () => {
      for (const { what, model, baseline, files, best } of cases()) {
        const { container: one, ended } = await run(model ?? "good", baseline, files, best);
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
      const one = await container();
      await one.write("processing/input/model/model.tar.gz", archive("good"));
      await one.write("processing/input/test/test.csv", testRows);
      await one.write("processing/input/test/split.json", split);
      const environment = { ...s3.environment, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
      const ended = await one.run("pipelines/abalone/evaluate.py", ["--baseline-model-url", url("good")], environment);
      assert.equal(ended.code, 5);
      assert.match(
        ended.stderr,
        /^evaluate: baseline model s3:\/\/models\/good.tar.gz: cannot be downloaded \(Could not connect.*\)\n$/,
      );
    });
  });
});
