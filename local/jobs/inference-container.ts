import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { ContainerDefinition } from "@aws-sdk/client-sagemaker";
import type { RoleSession } from "../iam/role-sessions.ts";
import { findPackage } from "../state/model-package-group.ts";
import type { ModelRecord, Store } from "../state/store.ts";
import type { JobFolder } from "./process/job-folder.ts";
import { bringSourceCode } from "./source-code.ts";
import { extractArchive } from "./transfer/extract-archive.ts";
import { downloadInputData } from "./transfer/input-data.ts";
import { downloadObject } from "./transfer/s3-transfer.ts";

/** The container of a model. If the model names a model package, it has the package's image, environment and data. */
export interface InferenceContainer {
  readonly image: string;
  readonly environment: { readonly [name: string]: string };
  /** The model's data on S3: `model.tar.gz`, or a prefix with the files. Undefined if the script needs no data. */
  readonly data?: { readonly uri: string; readonly archive: boolean } | undefined;
}

/**
 * Returns the container of a model.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html
 *
 * @throws Error for a model with several containers, and AwsError for a model package that does not exist
 */
export function inferenceContainer(
  model: ModelRecord,
  from: { readonly store: Store; readonly region: string },
): InferenceContainer {
  const containers = model.Containers ?? (model.PrimaryContainer === undefined ? [] : [model.PrimaryContainer]);
  const [given] = containers;
  if (given === undefined || containers.length > 1) {
    throw new Error(
      `the model ${model.ModelName} has ${containers.length} containers, but only models with one container run locally: run this on AWS`,
    );
  }
  const packaged =
    given.ModelPackageName === undefined
      ? undefined
      : findPackage(given.ModelPackageName, from).InferenceSpecification?.Containers?.[0];
  const container: ContainerDefinition = { ...packaged, ...given };
  if (container.Image === undefined)
    throw new Error(`the model ${model.ModelName} has no Image: set it in the PrimaryContainer`);
  return {
    image: container.Image,
    environment: { ...packaged?.Environment, ...given.Environment },
    data: dataOf(container),
  };
}

function dataOf({ ModelDataUrl, ModelDataSource }: ContainerDefinition): InferenceContainer["data"] {
  const source = ModelDataSource?.S3DataSource;
  if (source?.S3Uri !== undefined) return { uri: source.S3Uri, archive: source.CompressionType !== "None" };
  return ModelDataUrl === undefined ? undefined : { uri: ModelDataUrl, archive: true };
}

/** Downloads a model's files to /opt/ml/model, and the files of its script to /opt/ml/code. */
export async function bringModel(
  container: InferenceContainer,
  folder: JobFolder,
  s3: RoleSession["s3"],
): Promise<void> {
  const { data, environment } = container;
  const model = folder.makeFolder("/opt/ml/model");
  if (data?.archive === true) {
    const archive = join(folder.workFolder(), "model.tar.gz");
    await downloadObject(s3, data.uri, archive);
    await extractArchive(archive, model, data.uri);
  } else if (data !== undefined) await downloadInputData(s3, { uri: data.uri }, model);
  if (data !== undefined && readdirSync(model).length === 0) {
    throw new Error(`ClientError: ${data.uri} does not contain any file of a model`);
  }
  const source = environment["SAGEMAKER_SUBMIT_DIRECTORY"];
  // A local path names code in the model's archive, which is in its place already.
  if (source?.startsWith("s3://")) await bringSourceCode(s3, source, "/opt/ml/code", folder);
}
