import assert from "node:assert/strict";
import { mkdir, readdir } from "node:fs/promises";
import { Container } from "../processing-container.ts";
import { WarmPython } from "../warm-python.ts";

type Values = Readonly<Record<string, string>>;

/** Rows of y = 3a - b with a little deterministic noise. */
const rows = `${Array.from({ length: 300 }, (_, i) => [3 * (i % 17) - (i % 5) + ((i * 7919) % 13) / 10, i % 17, i % 5].join()).join("\n")}\n`;
const csv = { ContentType: "text/csv", TrainingInputMode: "File", S3DistributionType: "FullyReplicated" };
const usual: Values = { num_round: "10", objective: "reg:squarederror", max_depth: "3", subsample: "0.7", seed: "42" };

const algorithm = "local/jobs/images/xgboost/algorithm.py";

interface Job {
  /** Override the usual hyperparameters; undefined removes one. */
  readonly hyperparameters?: Readonly<Record<string, string | undefined>>;
  readonly channels?: Readonly<Record<string, object>>;
  readonly data?: Readonly<Record<string, string | Uint8Array>>;
  readonly environment?: NodeJS.ProcessEnv;
  /** The version of the image. */
  readonly version?: string;
  /** Whether the job has a folder for checkpoints. */
  readonly checkpoints?: boolean;
}

describe("the algorithm mode of the XGBoost image", function () {
  this.timeout(60_000);
  const made: Container[] = [];
  let python: WarmPython;
  before(async () => {
    python = await WarmPython.start();
  });
  after(async () => {
    python.stop();
    for (const one of made) await one.remove();
  });

  async function train({ hyperparameters = {}, channels, data, environment, version, checkpoints }: Job = {}) {
    const container = await Container.make();
    made.push(container);
    const values = { ...usual, ...hyperparameters };
    await container.write("input/config/hyperparameters.json", JSON.stringify(values));
    const config = JSON.stringify(channels ?? { train: csv, validation: csv });
    await container.write("input/config/inputdataconfig.json", config);
    for (const [path, content] of Object.entries(data ?? { "train/a.csv": rows, "validation/b.csv": rows }))
      await container.write(`input/data/${path}`, content);
    if (checkpoints === true) {
      await container.write("input/config/checkpointconfig.json", JSON.stringify({ LocalPath: "/opt/ml/checkpoints" }));
      await mkdir(`${container.base}/checkpoints`);
    }
    const args = version === undefined ? [] : [version];
    // The number of threads is read by the imports.
    const ended =
      environment === undefined
        ? await python.run(container, algorithm, args)
        : await container.run(algorithm, args, environment);
    const failure = await container.text("output/failure").catch(() => undefined);
    const model = await container.read("model/xgboost-model").catch(() => undefined);
    return { ...ended, failure, model, container };
  }

  async function trained(job: Job = {}) {
    const { code, model, stdout, stderr, failure, container } = await train(job);
    assert.equal(failure, undefined);
    assert.equal(code, 0, stderr);
    return { model: model ?? assert.fail("there is no model/xgboost-model"), stdout, container };
  }

  it("prints a line of metrics for each round, which SageMaker's metric definitions match", async () => {
    const { stdout } = await trained();
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines.length, 10);
    for (const [round, line] of lines.entries())
      assert.match(line, new RegExp(`^\\[${round}\\]\\ttrain-rmse:\\d+\\.\\d+\\tvalidation-rmse:\\d+\\.\\d+$`));
  });

  it("saves a model that Booster.load_model reads and that predicts", async () => {
    const { container } = await trained();
    const program = `
import os, numpy, xgboost
booster = xgboost.Booster(model_file=os.environ["SAGEMAKER_BASE_DIR"] + "/model/xgboost-model")
low, high = booster.predict(xgboost.DMatrix(numpy.array([[0.0, 4.0], [16.0, 0.0]])))
print(booster.num_boosted_rounds(), booster.num_features(), low < 10 < high)
`;
    assert.deepEqual(await container.run("-c", [program]), { code: 0, stdout: "10 2 True\n", stderr: "" });
  });

  it("saves the same bytes for the same seed with any number of threads, and other bytes for another seed", async () => {
    const one = await trained({ environment: { OMP_NUM_THREADS: "1" } });
    const two = await trained({ environment: { OMP_NUM_THREADS: "2" } });
    const other = await trained({ hyperparameters: { seed: "43" } });
    assert.ok(one.model.equals(two.model));
    assert.ok(!one.model.equals(other.model));
  });

  const accepted: readonly [string, Job, RegExp][] = [
    ["the other names of hyperparameters", { hyperparameters: { learning_rate: "0.1", reg_lambda: "2" } }, /^\[9\]/m],
    [
      "several metrics",
      { hyperparameters: { eval_metric: "mae, rmse" } },
      /^\[9\]\ttrain-mae:\S+\ttrain-rmse:\S+\tvalid/m,
    ],
    ["a job without the channel validation", { channels: { train: csv } }, /^\[9\]\ttrain-rmse:\S+$/m],
    [
      "several files of a channel",
      { channels: { train: csv }, data: { "train/a.csv": rows, "train/b/c.csv": rows } },
      /^\[9\]/m,
    ],
    ["missing values", { channels: { train: csv }, data: { "train/a.csv": `${rows}1,,2\n` } }, /^\[9\]/m],
    ["early stopping", { hyperparameters: { early_stopping_rounds: "3", eval_metric: "rmse" } }, /^\[0\]/m],
  ];
  for (const [what, job, prints] of accepted)
    it(`accepts ${what}`, async () => assert.match((await trained(job)).stdout, prints));

  it("resumes from the newest checkpoint, keeps five, and ends with the metrics of an uninterrupted training", async () => {
    // Without subsampling, because the rows of a round depend on the number of earlier rounds in the same process.
    const exact = { ...usual, subsample: "1" };
    const whole = await trained({ hyperparameters: exact });
    const { container } = await trained({ hyperparameters: { ...exact, num_round: "7" }, checkpoints: true });
    const names = async () => (await readdir(`${container.base}/checkpoints`)).sort();
    assert.deepEqual(
      await names(),
      [2, 3, 4, 5, 6].map((number) => `xgboost-checkpoint.${number}`),
    );
    await container.write("input/config/hyperparameters.json", JSON.stringify(exact));
    await container.write("checkpoints/xgboost-checkpoint.9999", "torn");
    const { code, stdout, stderr } = await container.run(algorithm);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Resuming from iteration 7\n\[7\]\ttrain-rmse:\S+\tvalidation-rmse:\S+\n\[8\]/);
    const last = (text: string) => text.trimEnd().split("\n").at(-1);
    assert.equal(last(stdout), last(whole.stdout));
  });

  it("pickles the model and accepts silent in version 1.0-1", async () => {
    const { container } = await trained({ version: "1.0-1", hyperparameters: { silent: "1", num_round: "2" } });
    const program = `
import os, pickle
booster = pickle.load(open(os.environ["SAGEMAKER_BASE_DIR"] + "/model/xgboost-model", "rb"))
print(type(booster).__name__, booster.num_boosted_rounds())
`;
    assert.deepEqual(await container.run("-c", [program]), { code: 0, stdout: "Booster 2\n", stderr: "" });
  });

  const refused: readonly [string, Job, string | RegExp][] = [
    [
      "hyperparameters without num_round",
      { hyperparameters: { num_round: undefined } },
      "ClientError: Missing required hyperparameter: num_round",
    ],
    ["eta 1.5", { hyperparameters: { eta: "1.5" } }, "ClientError: Hyperparameter eta: 1.5 is not in [0, 1]"],
    [
      "a job without the channel train",
      { channels: { validation: csv } },
      "ClientError: Missing required channel: train",
    ],
    ["an unknown channel", { channels: { train: csv, test: csv } }, "ClientError: Extraneous channel found: test"],
    [
      "CSV without a content type (the default is LIBSVM)",
      { channels: { train: {} } },
      /^ClientError: Failed to load libsvm data of channel train: /,
    ],
    ["a channel without files", { data: { "train/a.csv": rows } }, "ClientError: No data found in channel: validation"],
    [
      "a header",
      { channels: { train: csv }, data: { "train/a.csv": `y,a,b\n${rows}` } },
      /^ClientError: Failed to load csv data of channel train: could not convert string to float: 'y'$/,
    ],
    [
      "an empty file",
      { channels: { train: csv }, data: { "train/a.csv": "" } },
      /^ClientError: Failed to load csv data of channel train: /,
    ],
    [
      "rows with only a label",
      { channels: { train: csv }, data: { "train/a.csv": "1\n2\n" } },
      "ClientError: Failed to load csv data of channel train: a row needs a label and a feature, but has only 1 column(s)",
    ],
    [
      "a missing label",
      { channels: { train: csv }, data: { "train/a.csv": `${rows},1,2\n` } },
      /^AlgorithmError: .*Label contains NaN, infinity or a value too large\.$/,
    ],
    [
      "labels that do not fit the objective",
      { hyperparameters: { objective: "binary:logistic" } },
      /^AlgorithmError: [^\n]+$/,
    ],
  ];
  for (const [what, job, expected] of refused)
    it(`rejects ${what} with a one-line failure reason`, async () => {
      const { code, stderr, failure = "", model } = await train(job);
      assert.equal(code, 1);
      assert.equal(model, undefined);
      if (typeof expected === "string") assert.equal(failure, expected);
      else assert.match(failure, expected);
      assert.ok(!failure.includes("\n"), failure);
      assert.ok(stderr.endsWith(`${failure}\n`), stderr);
      assert.ok(!stderr.includes("Traceback"), stderr);
    });
});
