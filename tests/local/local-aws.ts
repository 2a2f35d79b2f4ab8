import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CreateBucketCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreatePipelineCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionStepsCommand,
  type PipelineExecutionStep,
  SageMakerClient,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-sagemaker";
import { systemClock } from "../../aws/clock.ts";
import { startEndpoint } from "../../local/endpoint.ts";
import type { Faults } from "../../local/faults/faults.ts";
import type { ServiceModel } from "../../service-model/service-model.ts";
import { checkedAnswers } from "./checked-answers.ts";
import { fullModel } from "./full-model.ts";
import { pythons, warmPythons } from "./pythons.ts";

export const role = "arn:aws:iam::123456789012:role/test";
export const bucket = "test-bucket";

/** Returns clients of the AWS SDK for an endpoint. They check SageMaker's answers against AWS's API model. */
export function clients(url: string, model?: ServiceModel) {
  const configuration = {
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const sagemaker = new SageMakerClient(configuration);
  if (model !== undefined) sagemaker.middlewareStack.use(checkedAnswers(model));
  return {
    sagemaker,
    s3: new S3Client({ ...configuration, forcePathStyle: true }),
    cloudControl: new CloudControlClient(configuration),
    logs: new CloudWatchLogsClient(configuration),
    clock: systemClock,
    isLocal: true,
  };
}

export type Clients = ReturnType<typeof clients>;

export interface LocalAws extends Clients {
  readonly url: string;
  readonly state: string;
  /** The injected faults. */
  readonly faults: Faults;
  /** The lines that the endpoint's terminal shows. */
  readonly told?: readonly string[];
  close(): Promise<void>;
}

/** Starts an endpoint on a free port, with a new state folder or an earlier one. */
export async function startLocalAws(given?: string): Promise<LocalAws> {
  const state = given ?? (await temporaryFolder());
  const environments = await pythons();
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  const endpoint = await startEndpoint({ port: 0, state, pythons: environments, warm: warmPythons(), tell });
  const model = await fullModel(environments.moto);
  return {
    ...clients(endpoint.url, model),
    url: endpoint.url,
    state,
    faults: endpoint.faults,
    told,
    close: () => endpoint.close(),
  };
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "local-aws-"));
}

export async function discard(aws: LocalAws | undefined): Promise<void> {
  await aws?.close();
  if (aws !== undefined) await rm(aws.state, { recursive: true, force: true });
}

export async function makeBucket(aws: Clients): Promise<void> {
  await aws.s3.send(new CreateBucketCommand({ Bucket: bucket }));
}

export async function put(aws: Clients, key: string, body: string | Uint8Array): Promise<string> {
  await aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  return `s3://${bucket}/${key}`;
}

/** Waits until a job has written an object, and returns the object's text. */
export async function appears(aws: Clients, key: string): Promise<string> {
  for (;;) {
    try {
      const object = await aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await object.Body?.transformToString()) ?? "";
    } catch (error) {
      if (!(error instanceof NoSuchKey)) throw error;
      await delay(20);
    }
  }
}

export async function createPipeline(aws: Clients, name: string, definition: object): Promise<void> {
  const PipelineDefinition = JSON.stringify(definition);
  await aws.sagemaker.send(new CreatePipelineCommand({ PipelineName: name, RoleArn: role, PipelineDefinition }));
}

export async function start(aws: Clients, pipeline: string, parameters: { [name: string]: string } = {}) {
  const PipelineParameters = Object.entries(parameters).map(([Name, Value]) => ({ Name, Value }));
  const command = new StartPipelineExecutionCommand({ PipelineName: pipeline, PipelineParameters });
  return (await aws.sagemaker.send(command)).PipelineExecutionArn ?? "";
}

export interface Followed {
  readonly arn: string;
  readonly status: string | undefined;
  readonly reason: string | undefined;
  readonly steps: { readonly [name: string]: PipelineExecutionStep };
}

/** Returns the failure reasons of an execution's steps. */
export function failures({ steps }: Followed): readonly string[] {
  return Object.values(steps).flatMap((step) => step.FailureReason ?? []);
}

/** Waits until an execution has ended or matches a condition. */
export async function follow(
  aws: Clients,
  arn: string,
  until: (now: Followed) => boolean = (now) => !["Executing", "Stopping"].includes(now.status ?? ""),
): Promise<Followed> {
  for (;;) {
    const execution = await aws.sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }));
    const list = await aws.sagemaker.send(new ListPipelineExecutionStepsCommand({ PipelineExecutionArn: arn }));
    const now: Followed = {
      arn,
      status: execution.PipelineExecutionStatus,
      reason: execution.FailureReason,
      steps: Object.fromEntries((list.PipelineExecutionSteps ?? []).map((step) => [step.StepName, step])),
    };
    if (until(now)) return now;
    await delay(20);
  }
}

export async function run(aws: Clients, pipeline: string, parameters: { [name: string]: string } = {}) {
  return follow(aws, await start(aws, pipeline, parameters));
}
