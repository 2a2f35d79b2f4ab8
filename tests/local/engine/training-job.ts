import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import { create, list } from "tar";
import { definition, image } from "../definitions.ts";
import { bucket, type Clients, createPipeline, role, run, temporaryFolder } from "../local-aws.ts";

/** Returns an input channel with CSV files on S3. */
export const channel = (ChannelName: string, S3Uri: unknown) => ({
  ChannelName,
  ContentType: "text/csv",
  DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri, S3DataDistributionType: "FullyReplicated" } },
});

/** Returns a training step. `args` replaces its arguments. */
export const trainingStepDocument = (name: string, args: object) => ({
  Name: name,
  Type: "Training",
  Arguments: {
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
    OutputDataConfig: { S3OutputPath: `s3://${bucket}/models` },
    StoppingCondition: { MaxRuntimeInSeconds: 600 },
    ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 30 },
    RoleArn: role,
    ...args,
  },
});

/** Uploads files as the SDK uploads a source directory, and returns the archive's URI. */
export async function putSource(aws: Clients, files: { readonly [path: string]: string }): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const file = join(folder, "sourcedir.tar.gz");
  await create({ gzip: true, cwd: folder, file }, Object.keys(files));
  const Body = await readFile(file);
  await rm(folder, { recursive: true });
  const Key = `code/${createHash("sha256").update(Body).digest("hex")}/sourcedir.tar.gz`;
  await aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  return `s3://${bucket}/${Key}`;
}

/** Returns the hyperparameters with which the SDK starts a script. */
export const script = (submit: string, hyperparameters: object = {}, program = "train.py") => ({
  sagemaker_program: JSON.stringify(program),
  sagemaker_submit_directory: JSON.stringify(submit),
  ...hyperparameters,
});

/** Reads the files of an archive on S3, by name. */
export async function archived(aws: Clients, uri = ""): Promise<{ readonly [path: string]: string }> {
  const object = await aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: uri.slice(`s3://${bucket}/`.length) }));
  const files: { [path: string]: string } = {};
  const reading: Promise<void>[] = [];
  const parser = list({
    onReadEntry: (entry) => {
      const read = async () => {
        files[entry.path] = Buffer.from(await entry.concat()).toString("latin1");
      };
      reading.push(read());
    },
  });
  parser.end(Buffer.from((await object.Body?.transformToByteArray()) ?? []));
  await Promise.all(reading);
  return files;
}

/**
 * Runs each step in its own pipeline, all in parallel, and returns the steps by name. So a failed step ends no other
 * step.
 */
export async function runEach(
  aws: Clients,
  steps: readonly { readonly Name: string }[],
): Promise<Readonly<Record<string, PipelineExecutionStep | undefined>>> {
  const ended = await Promise.all(
    steps.map(async (step) => {
      await createPipeline(aws, step.Name, definition([step]));
      return [step.Name, (await run(aws, step.Name)).steps[step.Name]] as const;
    }),
  );
  return Object.fromEntries(ended);
}
