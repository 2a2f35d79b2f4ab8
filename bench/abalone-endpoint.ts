import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribePipelineCommand,
  DescribePipelineExecutionCommand,
  SageMakerClient,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-sagemaker";
import { deploy } from "../local/deploy/deploy.ts";
import { localFolder, repository } from "../scripts/local-stack/folders.ts";
import { parseOutputs, selectPipeline } from "../scripts/stack/read-outputs.ts";

/** A local endpoint in a separate process, with its own state folder, to which this repository's stack is deployed. */
export class AbaloneEndpoint {
  readonly #child: ChildProcess;
  readonly #state: string;
  readonly #sagemaker: SageMakerClient;
  readonly #s3: S3Client;
  readonly #bucket: string;
  readonly #pipeline: string;
  #data = 0;

  constructor(child: ChildProcess, state: string, url: string, bucket: string, pipeline: string) {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const configuration = { endpoint: url, region: "us-east-1", credentials };
    this.#child = child;
    this.#state = state;
    this.#sagemaker = new SageMakerClient(configuration);
    this.#s3 = new S3Client({ ...configuration, forcePathStyle: true });
    this.#bucket = bucket;
    this.#pipeline = pipeline;
  }

  static async start(...options: readonly string[]): Promise<AbaloneEndpoint> {
    const state = mkdtempSync(join(localFolder, "bench-endpoint-"));
    const script = join(repository, "scripts/launch.mjs");
    const child = spawn(process.execPath, [script, "endpoint", "--port", "0", "--state", state, ...options], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let url: string | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      url = /^listening on (.*)$/.exec(line)?.[1];
      break;
    }
    if (url === undefined) throw new Error("the endpoint did not start");
    const stack = { folder: repository, stack: "local", stateFile: join(state, "deploy.json"), url };
    const outputs = parseOutputs(JSON.stringify((await deploy(stack)).outputs));
    return new AbaloneEndpoint(child, state, url, outputs.artifactBucket, selectPipeline(outputs, "abalone").name);
  }

  /** Uploads the data to a new S3 URI, so that the step cache cannot answer for any step. */
  async newData(file: string): Promise<string> {
    const Key = `bench/${this.#data++}/abalone.csv`;
    await this.#s3.send(new PutObjectCommand({ Bucket: this.#bucket, Key, Body: readFileSync(file) }));
    return `s3://${this.#bucket}/${Key}`;
  }

  /** Starts an execution and returns the seconds until DescribePipelineExecution reports that it succeeded. */
  async run(InputDataUrl: string): Promise<number> {
    const began = performance.now();
    const { PipelineExecutionArn } = await this.#sagemaker.send(
      new StartPipelineExecutionCommand({
        PipelineName: this.#pipeline,
        PipelineParameters: [{ Name: "InputDataUrl", Value: InputDataUrl }],
      }),
    );
    for (;;) {
      const now = await this.#sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn }));
      if (now.PipelineExecutionStatus === "Succeeded") return (performance.now() - began) / 1000;
      if (now.PipelineExecutionStatus !== "Executing") throw new Error(now.FailureReason);
      // Each request takes processor time from the jobs.
      await delay(50);
    }
  }

  /** Returns the hyperparameters of the pipeline's training step. */
  async hyperparameters(): Promise<Readonly<Record<string, string>>> {
    const { PipelineDefinition = "" } = await this.#sagemaker.send(
      new DescribePipelineCommand({ PipelineName: this.#pipeline }),
    );
    const { Steps } = JSON.parse(PipelineDefinition) as {
      Steps: { Type: string; Arguments: { HyperParameters: Record<string, string> } }[];
    };
    return Steps.find(({ Type }) => Type === "Training")?.Arguments.HyperParameters ?? {};
  }

  async close(): Promise<void> {
    this.#child.kill("SIGTERM");
    await once(this.#child, "exit");
    rmSync(this.#state, { recursive: true });
  }
}
