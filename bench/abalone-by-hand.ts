import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plainEnvironment } from "../local/state/process-environment.ts";
import { localFolder, repository } from "../scripts/local-stack/folders.ts";

/** The Python, the data and the hyperparameters for running the scripts by hand. */
export interface AbaloneByHand {
  readonly python: string;
  /** The path of the CSV file. */
  readonly data: string;
  readonly hyperparameters: Readonly<Record<string, string>>;
}

const channel = { ContentType: "text/csv", TrainingInputMode: "File", S3DistributionType: "FullyReplicated" };

/**
 * Runs the pipeline's three scripts one after the other, as in a shell. Like a job, each may use one thread.
 *
 * @returns the seconds that the scripts took, without the time for copying files between them
 */
export function abaloneByHand({ python, data, hyperparameters }: AbaloneByHand): number {
  const base = mkdtempSync(join(localFolder, "by-hand-"));
  const copy = (from: string, to: string) => cpSync(join(base, from), join(base, to), { recursive: true });
  const env = {
    ...plainEnvironment(),
    SAGEMAKER_BASE_DIR: base,
    PYTHONPATH: join(repository, "language/python"),
    OMP_NUM_THREADS: "1",
    OPENBLAS_NUM_THREADS: "1",
  };
  const seconds = (command: string, ...args: readonly string[]) => {
    const began = performance.now();
    const { status, stderr } = spawnSync(command, args, { env, encoding: "utf8" });
    if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
    return (performance.now() - began) / 1000;
  };
  try {
    mkdirSync(join(base, "processing/input/data"), { recursive: true });
    cpSync(data, join(base, "processing/input/data/abalone.csv"));
    let all = seconds(python, join(repository, "pipelines/abalone/preprocess.py"));
    mkdirSync(join(base, "input/config"), { recursive: true });
    const config = (name: string, value: object) =>
      writeFileSync(join(base, "input/config", name), JSON.stringify(value));
    config("hyperparameters.json", hyperparameters);
    config("inputdataconfig.json", { train: channel, validation: channel });
    for (const name of ["train", "validation"]) copy(`processing/${name}`, `input/data/${name}`);
    all += seconds(python, join(repository, "local/jobs/images/xgboost/algorithm.py"));
    mkdirSync(join(base, "processing/input/model"));
    seconds(
      "tar",
      "-czf",
      join(base, "processing/input/model/model.tar.gz"),
      "-C",
      join(base, "model"),
      "xgboost-model",
    );
    copy("processing/test", "processing/input/test");
    return all + seconds(python, join(repository, "pipelines/abalone/evaluate.py"));
  } finally {
    rmSync(base, { recursive: true });
  }
}
