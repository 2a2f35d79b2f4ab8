import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { paginateListPipelineExecutions, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { awsClients, type ClientSettings } from "../../../aws/clients.ts";
import { type S3Address, s3Address } from "../../../aws/s3-address.ts";
import { checkStack } from "../../../check/check-stack.ts";
import type { CommandOrigin } from "../../../check/execution/command-origin.ts";
import type { Report } from "../../../check/report/content/report.ts";
import { PendingReport } from "../../../check/report/reported.ts";
import { type Endpoint, startEndpoint } from "../../../local/endpoint.ts";
import type { FaultRuleInput } from "../../../local/faults/fault-rule.ts";
import { clientEnvironment } from "../../../local/state/process-environment.ts";
import { selectGated } from "../../../scripts/stack/gated-pipelines.ts";
import { selectPipeline } from "../../../scripts/stack/read-outputs.ts";
import type { GatedPipeline, StackOutputs } from "../../../stack-outputs.ts";
import { type DeployedState, deployedState } from "../../fresh-clone/deployed-state.ts";
import type { FreshClone } from "../../fresh-clone/fresh-clone.ts";
import { pythons, warmPythons } from "../../local/pythons.ts";
import { ScaledClock } from "./scaled-clock.ts";

export interface CheckSettings extends ClientSettings {
  readonly faults?: readonly FaultRuleInput[];
  readonly parameters?: Readonly<Record<string, string>>;
  /** Minutes, of a clock that runs a hundred times faster. */
  readonly timeout?: number;
  readonly url?: string;
  /** What is other of the pipeline than was deployed. */
  readonly pipeline?: Partial<GatedPipeline>;
  /** Where it runs; each check is a run of its own unless this says otherwise. */
  readonly origin?: CommandOrigin;
  readonly onLine?: (line: string) => void;
  /** How many times faster its clock runs, where not a hundred times. */
  readonly scale?: number;
}

export interface Checked {
  readonly code: number;
  /** What the report says, in one text. */
  readonly reasons: string;
  readonly report: Report;
  readonly lines: readonly string[];
  /** Seconds, of the faster clock. */
  readonly seconds: number;
  /** How often each fault happened, and how often until the check said what it found: what comes after is for the pictures. */
  readonly fired: readonly number[];
  readonly firedInTime: readonly number[];
  /** The executions that it started. */
  readonly started: number;
}

/** The stack that all stacks of this process are copies of. It has passed its first check. */
interface Original extends Omit<DeployedState, "copyTo"> {
  readonly folder: string;
  readonly first: Checked;
}

let original: Promise<Original> | undefined;

/** The product's own stack on an endpoint of its own, with an approved model, and the stack check on it. */
export class DeployedStack {
  readonly endpoint: Endpoint;
  /** The clone from which it was deployed. */
  readonly clone: FreshClone;
  readonly outputs: StackOutputs;
  readonly folder: string;
  readonly data: string;
  readonly #environment: NodeJS.ProcessEnv;
  #checks: number;
  readonly sagemaker = new SageMakerClient();
  readonly s3 = new S3Client({ forcePathStyle: true });

  private constructor(endpoint: Endpoint, before: NodeJS.ProcessEnv, made: Omit<Original, "first">, checks: number) {
    this.endpoint = endpoint;
    this.clone = made.clone;
    this.outputs = made.outputs;
    this.folder = made.folder;
    this.data = made.data;
    this.#environment = before;
    this.#checks = checks;
  }

  /** @returns a stack with an approved model, and the check that approved it */
  static async make(): Promise<{ readonly stack: DeployedStack; readonly first: Checked }> {
    original ??= DeployedStack.#checkFirst();
    const { folder: from, first, ...made } = await original;
    const folder = temporaryFolder();
    cpSync(from, folder, { recursive: true });
    const [endpoint, before] = await start(folder);
    return { stack: new DeployedStack(endpoint, before, { ...made, folder }, 1), first };
  }

  static async #checkFirst(): Promise<Original> {
    const { copyTo, ...made } = await deployedState();
    const folder = temporaryFolder();
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    copyTo(folder);
    const [endpoint, before] = await start(folder);
    const stack = new DeployedStack(endpoint, before, { ...made, folder }, 0);
    const first = await stack.check();
    assert.equal(first.code, 0, first.reasons);
    await stack.#end();
    return { ...made, folder, first };
  }

  async close(): Promise<void> {
    await this.#end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    process.env = this.#environment;
    await this.endpoint.close();
  }

  async executions(): Promise<readonly string[]> {
    const { name: PipelineName } = selectPipeline(this.outputs, "crickets");
    const arns: string[] = [];
    for await (const page of paginateListPipelineExecutions({ client: this.sagemaker }, { PipelineName }))
      arns.push(
        ...(page.PipelineExecutionSummaries ?? []).flatMap(({ PipelineExecutionArn }) => PipelineExecutionArn ?? []),
      );
    return arns;
  }

  /** The data once more, at an address that no step has in its cache. */
  async freshData(): Promise<string> {
    const { Bucket, Key } = place(this.data);
    const fresh = `${Key}.${Math.random().toString(36).slice(2)}.csv`;
    await this.write(`s3://${Bucket}/${fresh}`, await this.read(this.data));
    return `s3://${Bucket}/${fresh}`;
  }

  async read(uri: string): Promise<string> {
    return (await this.readBytes(uri)).toString("utf8");
  }

  async readBytes(uri: string): Promise<Buffer> {
    const { Body } = await this.s3.send(new GetObjectCommand(place(uri)));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  async write(uri: string, Body: string | Buffer): Promise<void> {
    await this.s3.send(new PutObjectCommand({ ...place(uri), Body }));
  }

  /** Runs the stack check to its report. Beside its faults, everything is real but the clock, and AWS's own pace is kept. */
  async check(settings: CheckSettings = {}): Promise<Checked> {
    const {
      faults = [],
      parameters = {},
      timeout = 240,
      url,
      pipeline,
      origin,
      onLine,
      scale = 100,
      ...client
    } = settings;
    const before = (await this.executions()).length;
    const clock = new ScaledClock(scale);
    const lines: string[] = [];
    if (url !== undefined) process.env["AWS_ENDPOINT_URL"] = url;
    const clients = awsClients("us-east-1", { clock, isLocal: false, ...client });
    const began = clock.now();
    this.endpoint.faults.add(faults);
    const timesFired = () => this.endpoint.faults.list().map((rule) => rule.fired);
    let firedInTime: readonly number[] = [];
    try {
      const pending = new PendingReport(join(this.folder, "report"));
      this.#checks += 1;
      const { exitCode: code } = await checkStack(
        {
          ...{ clients, outputs: this.outputs, timeout: timeout * 60_000 },
          pipeline: { ...selectGated(this.outputs, "crickets"), ...pipeline },
          parameters: { InputDataUrl: this.data, ...parameters },
          origin: origin ?? { changed: false, ciRun: `${this.#checks}/1` },
          choice: { kind: "own" },
          signal: new AbortController().signal,
          print: (line) => {
            lines.push(line);
            if (line.startsWith("\n")) firedInTime = timesFired();
            onLine?.(line);
          },
        },
        pending,
      );
      const seconds = (clock.now() - began) / 1000;
      const fired = timesFired();
      this.endpoint.faults.clear();
      const report = JSON.parse(readFileSync(join(this.folder, "report", "report.json"), "utf8")) as Report;
      const started = (await this.executions()).length - before;
      return { code, report, reasons: report.reasons.join("\n"), lines, seconds, fired, firedInTime, started };
    } finally {
      this.endpoint.faults.clear();
      process.env["AWS_ENDPOINT_URL"] = this.endpoint.url;
    }
  }
}

/** Where an S3 URI of this stack points to, as a call's input. */
export function place(uri: string): S3Address {
  return s3Address(uri) ?? assert.fail(uri);
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "deployed-stack-"));
}

/** Starts an endpoint that this process's clients go to. @returns it, and the environment before */
async function start(folder: string): Promise<readonly [Endpoint, NodeJS.ProcessEnv]> {
  const endpoint = await startEndpoint({
    ...{ port: 0, state: join(folder, "state") },
    ...{ pythons: await pythons(), warm: warmPythons() },
  });
  const before = process.env;
  process.env = clientEnvironment(endpoint.url, "us-east-1", before);
  return [endpoint, before];
}
