import type { RoleSession } from "../iam/role-sessions.ts";
import type { ProcessingJobRecord } from "../state/store.ts";
import type { JobFolder } from "./process/job-folder.ts";
import { ContinuousUpload } from "./transfer/continuous-upload.ts";
import { type OutputFile, outputFiles } from "./transfer/output-files.ts";
import { upload } from "./transfer/s3-transfer.ts";

/** An output of a processing job. */
interface Output {
  readonly uri: string;
  readonly path: string;
  readonly continuous: boolean;
}

/**
 * Reads the outputs from a job's request.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Output.html
 *
 * @throws Error for an output that is not an S3Output
 */
function outputsOf(job: ProcessingJobRecord): readonly Output[] {
  return (job.ProcessingOutputConfig?.Outputs ?? []).map(({ OutputName, S3Output }) => {
    if (S3Output?.S3Uri === undefined || S3Output.LocalPath === undefined) {
      throw new Error(
        `the processing output ${OutputName} has no S3Output with an S3Uri and a LocalPath: only such outputs run locally`,
      );
    }
    return { uri: S3Output.S3Uri, path: S3Output.LocalPath, continuous: S3Output.S3UploadMode === "Continuous" };
  });
}

/** The outputs of a running job. Those with the upload mode `Continuous` are uploaded while it runs, the others at its end. */
export class ProcessingOutputs {
  readonly #folder: JobFolder;
  readonly #s3: RoleSession["s3"];
  readonly #outputs: readonly Output[];
  readonly #uploads: readonly ContinuousUpload[];

  /** Creates the folders of the outputs, because they exist when the script begins. */
  constructor(job: ProcessingJobRecord, folder: JobFolder, s3: RoleSession["s3"]) {
    this.#folder = folder;
    this.#s3 = s3;
    this.#outputs = outputsOf(job);
    for (const { path } of this.#outputs) folder.makeFolder(path);
    this.#uploads = this.#outputs
      .filter(({ continuous }) => continuous)
      .map(({ path, uri }) => new ContinuousUpload(s3, folder.local(path), folder.path, uri));
  }

  /** Starts the continuous uploads. */
  async start(): Promise<void> {
    for (const each of this.#uploads) await each.start();
  }

  /** Finishes the continuous uploads. If the job has completed, it uploads the other outputs, too. */
  async finish(completed: boolean): Promise<void> {
    for (const each of this.#uploads) await each.finish();
    if (!completed) return;
    const left = this.#outputs.filter(({ continuous }) => !continuous);
    // Checks all outputs before it uploads the first, so that a job with an invalid output uploads nothing.
    const uploads: { readonly uri: string; readonly files: readonly OutputFile[] }[] = [];
    for (const { path, uri } of left) {
      uploads.push({ uri, files: await outputFiles(this.#folder.local(path), this.#folder.path) });
    }
    for (const { uri, files } of uploads) await upload(this.#s3, files, uri);
  }
}
