import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { GetPipeline } from "../../pipelines/training-pipeline.ts";
import { repository } from "../../scripts/local-stack/folders.ts";
import { csvRows } from "../../scripts/template/csv-rows.ts";
import type { DescribedData } from "../../scripts/template/described-data.ts";
import { Container, type ScriptResult } from "../local/jobs/processing-container.ts";
import { WarmPython } from "../local/jobs/warm-python.ts";

type Rows = readonly (readonly string[])[];

function csv(rows: Rows): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  return rows.map((row) => `${row.map(quoted).join(",")}\n`).join("");
}

/**
 * A pipeline's folder that `npm run new-pipeline` made, and a container for its scripts. Its tests are in the folder of the same
 * path below `tests/`.
 */
export class TestedFolder {
  /** The path from the repository, such as `pipelines/abalone`. */
  readonly path: string;
  readonly sampleFile: string;
  #python: Promise<WarmPython> | undefined;
  #container: Container | undefined;

  /** @param test the URL of a test in the mirrored folder */
  constructor(test: string) {
    this.path = relative(join(repository, "tests"), dirname(fileURLToPath(test)));
    this.sampleFile = join(repository, this.path, "sample.csv");
  }

  async getPipeline(): Promise<GetPipeline> {
    const url = pathToFileURL(join(repository, this.path, "pipeline.ts"));
    return (await import(url.href)).getPipeline;
  }

  data(): DescribedData {
    return JSON.parse(readFileSync(join(repository, this.path, "data.json"), "utf8"));
  }

  /** Returns the header and the rows of the sample data. */
  sample(): readonly [header: readonly string[], ...rows: Rows] {
    const [header = [], ...rows] = csvRows(readFileSync(this.sampleFile, "utf8").replace(/^\uFEFF/, ""));
    return [header, ...rows];
  }

  async start(): Promise<void> {
    this.#container = await Container.make();
  }

  async stop(): Promise<void> {
    (await this.#python)?.stop();
    await this.#container?.remove();
  }

  get container(): Container {
    return this.#container ?? assert.fail("call start() first");
  }

  /** Runs a script of this folder, or a test's script that imports this folder's modules, as in a container. */
  async run(script: string, args: readonly string[] = []): Promise<ScriptResult> {
    const { base } = this.container;
    const paths = [join(repository, this.path), join(repository, "language", "python")];
    this.#python ??= WarmPython.start();
    return (await this.#python).run(this.container, script.includes("/") ? script : join(this.path, script), args, {
      PYTHONPATH: paths.join(":"),
      SM_MODEL_DIR: join(base, "model"),
      SM_CHANNEL_TRAIN: join(base, "processing", "train"),
      SM_CHANNEL_VALIDATION: join(base, "processing", "validation"),
    });
  }

  async preprocess(rows: Rows): Promise<ScriptResult> {
    await this.container.write("processing/input/data/data.csv", csv(rows));
    return this.run("preprocess.py");
  }

  /** Splits rows, and returns the written lines of each part. */
  async split(rows: Rows): Promise<Readonly<Record<"train" | "validation" | "test", string[]>>> {
    const { code, stderr } = await this.preprocess(rows);
    assert.equal(code, 0, stderr);
    const lines = async (part: string) =>
      (await this.container.text(`processing/${part}/${part}.csv`)).trim().split("\n");
    return { train: await lines("train"), validation: await lines("validation"), test: await lines("test") };
  }

  /** Runs a script that prints JSON, and returns the parsed JSON. */
  async printed<T>(script: string, args: readonly string[] = []): Promise<T> {
    const { code, stdout, stderr } = await this.run(script, args);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as T;
  }
}
