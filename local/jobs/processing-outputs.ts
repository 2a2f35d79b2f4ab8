import type { RoleSession } from "../iam/role-sessions.ts";
import type { ProcessingJobRecord } from "../state/store.ts";
import type { JobFolder } from "./process/job-folder.ts";
import { ContinuousUpload } from "./transfer/continuous-upload.ts";
import { type OutputFile, outputFiles } from "./transfer/output-files.ts";
import { upload } from "./transfer/s3-transfer.ts";

interface Output {
  readonly uri: string;
  readonly path: string;
  readonly continuous: boolean;
}

/**
 * A job's outputs, as they are to be uploaded.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Output.html
 *
 * @throws Error for one that is no S3Output
 */
function outputsOf(job: ProcessingJobRecord): readonly Output[] {
  return (job.ProcessingOutputConfig?.Outputs ?? []).map(({ OutputName, S3Output }) => {
    if (S3Output?.S3Uri === undefined || S3Output.LocalPath === undefined) {
      throw new Error(`the processing output ${OutputName} is no S3Output with a LocalPath: only those run locally`);
    }
    return { uri: S3Output.S3Uri, path: S3Output.LocalPath, continuous: S3Output.S3UploadMode === "Continuous" };
  });
}

/** Outputs of a running job: those with the upload mode `Continuous` go to S3 while it runs. */
export class ProcessingOutputs {
  readonly #folder: JobFolder;
  readonly #s3: RoleSession["s3"];
  readonly #outputs: readonly Output[];
  readonly #uploads: readonly ContinuousUpload[];

  /** Makes the outputs' folders, which are there when the script begins. */
  constructor(job: ProcessingJobRecord, folder: JobFolder, s3: RoleSession["s3"]) {
    this.#folder = folder;
    this.#s3 = s3;
    this.#outputs = outputsOf(job);
    for (const { path } of this.#outputs) folder.makeFolder(path);
    this.#uploads = this.#outputs
      .filter(({ continuous }) => continuous)
      .map(({ path, uri }) => new ContinuousUpload(s3, folder.local(path), folder.path, uri));
  }

  async start(): Promise<void> {
    for (const each of this.#uploads) await each.start();
  }

  /** Ends the continuous uploads with what is there now; the others follow when the job has completed. */
  async finish(completed: boolean): Promise<void> {
    for (const each of this.#uploads) await each.finish();
    if (!completed) return;
    const left = this.#outputs.filter(({ continuous }) => !continuous);
    // All are looked through before the first is sent: a job sends all or nothing of what it left.
    const found: { readonly uri: string; readonly files: readonly OutputFile[] }[] = [];
    for (const { path, uri } of left) {
      found.push({ uri, files: await outputFiles(this.#folder.local(path), this.#folder.path) });
    }
    for (const { uri, files } of found) await upload(this.#s3, files, uri);
  }
}
