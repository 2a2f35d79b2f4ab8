import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { jobKinds, logGroup } from "../../service-model/job-kinds.ts";
import { below } from "../../service-model/s3-uri.ts";
import type { TransformJobRecord } from "../state/store.ts";
import { localImage } from "./images/local-image.ts";
import { bringModel, type InferenceContainer } from "./inference-container.ts";
import { JobFolder } from "./process/job-folder.ts";
import { ownPython } from "./python-overlay.ts";
import { resourceConfig } from "./resource-config.ts";
import { failedEnd, runContainer } from "./run-container.ts";
import type { JobEnd, Runtime } from "./runtime.ts";
import { checkInputData, findInputData } from "./transfer/input-data.ts";
import { downloadObject, uploadFile } from "./transfer/s3-transfer.ts";
import { batches, recordsOf, requestText } from "./transform/batches.ts";
import { type RecordProcessing, recordProcessing } from "./transform/data-processing.ts";
import { writtenAnswer } from "./transform/written-answer.ts";

const serve = fileURLToPath(new URL("./images/serving/serve.py", import.meta.url));
const megabyte = 1024 * 1024;

/** The job's settings for splitting input, sending requests and writing answers, with the defaults of SageMaker and the image. */
interface Settings {
  readonly split: string;
  readonly strategy: string;
  readonly maxBytes: number;
  readonly assemble: string;
  readonly processing: RecordProcessing;
}

/** The requests for one input object, and the URI of its output. */
interface Sent {
  readonly output: string;
  readonly requests: readonly { readonly name: string; readonly records: readonly string[] }[];
}

/**
 * Runs a transform job: sends each input object to the model in requests, and uploads the answers to `<input's key>.out` below
 * the output path. Never rejects.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform.html
 *
 * @param role the model's execution role, which the container uses
 */
export async function runTransformJob(
  job: TransformJobRecord,
  container: InferenceContainer,
  role: string,
  region: string,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<JobEnd> {
  const name = job.TransformJobName ?? "";
  const session = runtime.sessions.open({ role, by: name }, region);
  try {
    const settings = settingsOf(job);
    resourceConfig(job.TransformResources?.InstanceType, job.TransformResources?.InstanceCount);
    const image = await localImage(container.image, runtime);
    const folder = new JobFolder(runtime.folder, name, runtime.ownRoot);
    await bringModel(container, folder, session.s3);
    const sent = await makeRequests(job, settings, folder, session.s3);
    const end = await runContainer(
      {
        image: await ownPython(image, [], folder, runtime.pythons),
        command: ["python3", serve, folder.workFolder(), image.algorithm === undefined ? "framework" : "xgboost"],
        environment: { ...container.environment, ...job.Environment, ...batchEnvironment(job, settings) },
        folder,
        credentials: session.credentials,
        jobName: name,
        group: logGroup(jobKinds.TransformJob.logs),
        region,
        maxSeconds: undefined,
        messageFile: "failure",
      },
      runtime,
      signal,
    );
    if (end.status === "Completed") {
      await sendAnswers(sent, settings, folder, session.s3);
      folder.remove();
    }
    return end;
  } catch (error) {
    return failedEnd(error);
  } finally {
    session.close();
  }
}

/** Reads the settings from a job's request. @throws Error for settings that do not run locally, and for invalid filters */
function settingsOf(job: TransformJobRecord): Settings {
  const input = job.TransformInput;
  const split = input?.SplitType ?? "None";
  if (split !== "None" && split !== "Line") {
    throw new Error(`the SplitType ${split} does not run locally: use Line or None, or run this on AWS`);
  }
  const source = input?.DataSource?.S3DataSource;
  checkInputData("the transform input", { uri: source?.S3Uri ?? "", type: source?.S3DataType });
  return {
    split,
    strategy: job.BatchStrategy ?? "MultiRecord",
    maxBytes: (job.MaxPayloadInMB ?? 6) * megabyte,
    assemble: job.TransformOutput?.AssembleWith ?? "None",
    processing: recordProcessing(job.DataProcessing ?? {}, input?.ContentType, job.TransformOutput?.Accept),
  };
}

/** Returns the environment variables that SageMaker sets for transform jobs. Source: aws/sagemaker-python-sdk, local/entities.py */
function batchEnvironment(job: TransformJobRecord, { strategy, maxBytes }: Settings) {
  return {
    SAGEMAKER_BATCH: "true",
    SAGEMAKER_MAX_PAYLOAD_IN_MB: String(maxBytes / megabyte),
    SAGEMAKER_BATCH_STRATEGY: strategy === "SingleRecord" ? "SINGLE_RECORD" : "MULTI_RECORD",
    SAGEMAKER_MAX_CONCURRENT_TRANSFORMS: String(job.MaxConcurrentTransforms ?? 1),
  };
}

/** Downloads the input and writes each request to a file of the work folder, and their list to requests.json. */
async function makeRequests(
  job: TransformJobRecord,
  settings: Settings,
  folder: JobFolder,
  s3: Parameters<typeof findInputData>[0],
): Promise<readonly Sent[]> {
  const source = job.TransformInput?.DataSource?.S3DataSource;
  const { bucket, objects } = await findInputData(s3, { uri: source?.S3Uri ?? "", type: source?.S3DataType });
  const work = folder.workFolder();
  const all: Sent[] = [];
  let count = 0;
  for (const { key, path } of objects) {
    const file = join(work, "input");
    await downloadObject(s3, `s3://${bucket}/${key}`, file);
    const bytes = await readFile(file);
    const text = (job.TransformInput?.CompressionType === "Gzip" ? gunzipSync(bytes) : bytes).toString();
    const requests: { name: string; records: readonly string[] }[] = [];
    for (const records of batches(recordsOf(text, settings.split), settings)) {
      const name = `request-${count++}`;
      await writeFile(join(work, name), requestText(records.map(settings.processing.before), settings.split));
      requests.push({ name, records });
    }
    all.push({ output: below(job.TransformOutput?.S3OutputPath ?? "", `${path}.out`), requests });
  }
  const requests = all.flatMap((each) => each.requests.map(({ name }) => name));
  const contentType = job.TransformInput?.ContentType ?? "text/csv";
  const accept = job.TransformOutput?.Accept ?? "text/csv";
  await writeFile(join(work, "requests.json"), JSON.stringify({ contentType, accept, requests }));
  return all;
}

/** Uploads the model's answers, one object for each input object. */
async function sendAnswers(
  sent: readonly Sent[],
  { processing, assemble }: Settings,
  folder: JobFolder,
  s3: Parameters<typeof uploadFile>[0],
): Promise<void> {
  const file = join(folder.workFolder(), "output");
  for (const { output, requests } of sent) {
    const parts: string[] = [];
    for (const { name, records } of requests) {
      const answer = await readFile(join(folder.workFolder(), `${name}.out`), "utf8");
      parts.push(writtenAnswer(records, answer, processing, assemble));
    }
    await writeFile(file, parts.join(""));
    await uploadFile(s3, file, output);
  }
}
