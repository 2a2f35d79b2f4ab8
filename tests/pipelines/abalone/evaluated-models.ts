import assert from "node:assert/strict";
import { Container, type ScriptResult } from "../../local/jobs/processing-container.ts";
import { WarmPython } from "../../local/jobs/warm-python.ts";
import { abaloneText } from "./abalone-text.ts";
import { type S3Objects, serveS3Objects } from "./s3-objects.ts";

export interface Scores {
  readonly mse: { readonly value: number; readonly standard_deviation: number };
  readonly mae: { readonly value: number; readonly standard_deviation: number };
  readonly r2: { readonly value: number | null };
}

export interface Evaluation {
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
export const mean = (values: readonly number[]) => sum(values) / values.length;
export const spread = (values: readonly number[]) => sum(values.map((value) => (value - mean(values)) ** 2));

export function near(actual: number | null | undefined, expected: number): void {
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= 1e-6 * Math.max(1, Math.abs(expected)),
    `${actual}, not ${expected}`,
  );
}

export type Files = Readonly<Record<string, string | Uint8Array | undefined>>;

/** An evaluation that ended, and the container that has its output. */
interface Ended {
  readonly container: Container;
  readonly ended: ScriptResult;
}

/** Models trained on the abalone data and archives that are no models, served as S3 objects, to run evaluate.py on. */
export class EvaluatedModels {
  readonly #made: Container[] = [];
  readonly #archives = new Map<string, Buffer>();
  #python: WarmPython | undefined;
  #s3: S3Objects | undefined;
  testRows: Buffer = Buffer.of();
  split: Buffer = Buffer.of();
  predictions: { readonly labels: number[]; readonly good: number[]; readonly worse: number[] } = {
    labels: [],
    good: [],
    worse: [],
  };

  /** Trains the models. */
  async start(): Promise<void> {
    this.#python = await WarmPython.start();
    const training = await this.container();
    await training.write("processing/input/data/abalone.csv", await abaloneText());
    assert.equal((await training.run("pipelines/abalone/preprocess.py")).code, 0);
    const trained = await training.run("tests/pipelines/abalone/train-models.py");
    assert.deepEqual(trained, { code: 0, stdout: "", stderr: "" });
    const names = "good json pickled worse narrow wide classes garbage cut dictionary torn-pickle other-member";
    for (const name of names.split(" ")) this.#archives.set(name, await training.read(`${name}.tar.gz`));
    const good = this.archive("good");
    this.#archives.set("no-archive", Buffer.from("this is no archive"));
    this.#archives.set("half", good.subarray(0, 5000));
    this.#archives.set("damaged", Buffer.concat([good.subarray(0, 3000), Buffer.alloc(3000, 7), good.subarray(6000)]));
    this.#archives.set("empty", Buffer.alloc(0));
    this.testRows = await training.read("processing/test/test.csv");
    this.split = await training.read("processing/test/split.json");
    this.predictions = await training.json("predictions.json");
    this.#s3 = await serveS3Objects(
      new Map([...this.#archives].map(([name, body]) => [`/models/${name}.tar.gz`, body])),
    );
  }

  async stop(): Promise<void> {
    this.#python?.stop();
    this.#s3?.close();
    for (const one of this.#made) await one.remove();
  }

  async container(): Promise<Container> {
    const one = await Container.make();
    this.#made.push(one);
    return one;
  }

  archive(name: string): Buffer {
    return this.#archives.get(name) ?? assert.fail(`there is no ${name}`);
  }

  /** The regions for which scripts signed their requests to S3. */
  get regions(): readonly string[] {
    return [...(this.#s3?.regions ?? [])];
  }

  /** The environment in which a script reaches the archives as S3 objects. */
  get environment(): NodeJS.ProcessEnv {
    return this.#s3?.environment ?? {};
  }

  /** Evaluates a model on the test rows. `files` replaces input files of the script. */
  async run(model: string, baseline: string | undefined, files: Files = {}, best?: string): Promise<Ended> {
    const one = await this.container();
    const input = {
      "model/model.tar.gz": this.archive(model),
      "test/test.csv": this.testRows,
      "test/split.json": this.split,
      ...files,
    };
    for (const [path, content] of Object.entries(input))
      if (content !== undefined) await one.write(`processing/input/${path}`, content);
    const args = [
      ...(baseline === undefined ? [] : ["--baseline-model-url", baseline]),
      ...(best === undefined ? [] : ["--best-model-url", best]),
    ];
    const python = this.#python ?? assert.fail("start() was not called");
    return { container: one, ended: await python.run(one, "pipelines/abalone/evaluate.py", args, this.environment) };
  }

  async evaluate(model: string, baseline?: string, files?: Files, best?: string): Promise<Evaluation> {
    const { container: one, ended } = await this.run(model, baseline, files, best);
    assert.equal(ended.stderr, "");
    assert.equal(ended.code, 0);
    return one.json("processing/evaluation/evaluation.json");
  }

  checkScores(scores: Scores, predicted: readonly number[]): void {
    const { labels } = this.predictions;
    const residuals = labels.map((label, index) => label - (predicted[index] ?? Number.NaN));
    const absolute = residuals.map(Math.abs);
    near(scores.mse.value, mean(residuals.map((residual) => residual ** 2)));
    near(scores.mse.standard_deviation, Math.sqrt(spread(residuals) / residuals.length));
    near(scores.mae.value, mean(absolute));
    near(scores.mae.standard_deviation, Math.sqrt(spread(absolute) / absolute.length));
    near(scores.r2.value, 1 - sum(residuals.map((residual) => residual ** 2)) / spread(labels));
  }
}
