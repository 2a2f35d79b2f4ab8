import { stat } from "node:fs/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import { below } from "../../../service-model/s3-uri.ts";
import { type OutputFile, outputFiles } from "./output-files.ts";
import { uploadFile } from "./s3-transfer.ts";

/** The time between two scans of a folder. SageMaker's documentation does not give a number. */
const everyMilliseconds = 2000;

/** The ending of files that SageMaker does not upload. AWS's XGBoost image names its unfinished checkpoints so. */
const ignored = ".sagemaker-ignore";

/**
 * Uploads the files of a folder to S3 while a job runs: outputs with the upload mode `Continuous`, and checkpoints. A file that
 * has changed since its last upload is uploaded again.
 *
 * Sources: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Output.html,
 * https://docs.aws.amazon.com/sagemaker/latest/dg/model-checkpoints.html
 */
export class ContinuousUpload {
  readonly #s3: S3Client;
  readonly #folder: string;
  readonly #optMl: string;
  readonly #uri: string;
  readonly #uploaded = new Map<string, string>();
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param optMl the folder that the job sees as /opt/ml */
  constructor(s3: S3Client, folder: string, optMl: string, uri: string) {
    this.#s3 = s3;
    this.#folder = folder;
    this.#optMl = optMl;
    this.#uri = uri;
  }

  /** Starts the uploads. Files that exist already are not uploaded, because they came from S3. */
  async start(): Promise<void> {
    for (const { name, path } of await this.#files()) this.#uploaded.set(name, await version(path));
    this.#timer = setInterval(() => {
      // Ignores errors here, because `finish` tries again and reports them.
      this.sync().catch(() => {});
    }, everyMilliseconds);
  }

  /** Uploads new and changed files. If an upload is already under way, it waits for that one. */
  async sync(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Stops after a last upload. @throws Error of S3 */
  async finish(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running?.catch(() => {});
    await this.sync();
  }

  #files(): Promise<readonly OutputFile[]> {
    return outputFiles(this.#folder, this.#optMl);
  }

  async #round(): Promise<void> {
    for (const { name, path } of await this.#files()) {
      const now = await version(path);
      if (now === "" || name.endsWith(ignored) || this.#uploaded.get(name) === now) continue;
      try {
        await uploadFile(this.#s3, path, below(this.#uri, name));
      } catch (error) {
        // The script may remove or rename a file at any moment.
        if ((await version(path)) === "") continue;
        throw error;
      }
      this.#uploaded.set(name, now);
    }
  }
}

/** Returns a text that changes whenever the file changes; empty if the file no longer exists. */
async function version(path: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size} ${mtimeMs}`;
  } catch {
    return "";
  }
}
