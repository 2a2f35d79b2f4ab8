import assert from "node:assert/strict";
import { join } from "node:path";
import { ListPipelineExecutionsCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { deploy } from "../../local/deploy/deploy.ts";
import type { FaultRuleInput } from "../../local/faults/fault-rule.ts";
import { dataWithRow } from "../pipelines-under-test/crickets.ts";
import { deployedState } from "./deployed-state.ts";
import { type Ended, FreshClone, type Running, type RunningEndpoint } from "./fresh-clone.ts";
import { WarmCommands, type WarmResult } from "./warm-command.ts";

const outputs = ["--outputs", ".local/outputs.json"];

/** Returns the ARN of the execution that a command printed. */
export function executionIn(output: string): string {
  return /^Execution (\S+)/m.exec(output)?.[1] ?? assert.fail(output);
}

interface CheckReport {
  readonly verdict: string;
  readonly exitCode: number;
  readonly cause?: string;
  readonly execution: { readonly arn: string };
  readonly thresholds?: { readonly [name: string]: object };
  readonly candidate?: { readonly modelPackageArn?: string; readonly action?: string };
}

/** A clone with a commit, deployed to an endpoint that runs as a process of its own. */
export class DeployedClone {
  readonly clone: FreshClone;
  /** Runs the commands that no signal ends, and that do not have to run beside others. */
  readonly commands: WarmCommands;
  readonly environment: NodeJS.ProcessEnv;
  readonly sagemaker: SageMakerClient;
  readonly url: string;
  /** Parameters with the data of the first execution, whose steps are all in the step cache afterwards. */
  readonly data: readonly string[];
  readonly #process: Running;
  #temperature = 1;
  #ceiling = 6;

  private constructor(clone: FreshClone, endpoint: RunningEndpoint, data: readonly string[]) {
    const { process, url, sagemaker, environment } = endpoint;
    this.clone = clone;
    this.data = data;
    this.#process = process;
    this.url = url;
    this.sagemaker = sagemaker;
    this.environment = environment;
    this.commands = new WarmCommands(clone.folder);
  }

  static async make(): Promise<DeployedClone> {
    const { copyTo, data } = await deployedState();
    const clone = await FreshClone.make();
    copyTo(join(clone.folder, ".local"));
    const made = new DeployedClone(clone, await clone.startEndpoint(), ["--parameter", `InputDataUrl=${data}`]);
    await made.git("init", "-q");
    await made.git("add", "pipelines", "infra", "index.ts", "package.json", "stack-outputs.ts");
    await made.git("commit", "-qm", "all");
    return made;
  }

  /** @returns how the endpoint ended on SIGTERM */
  async remove(): Promise<Ended> {
    this.commands.stop();
    this.#process.child.kill("SIGTERM");
    const ended = await this.#process.ended;
    this.clone.remove();
    return ended;
  }

  /** Starts a command as a process of its own. */
  spawn(name: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Running {
    const environment = { ...this.environment, ...more };
    return this.clone.spawn(process.execPath, ["scripts/launch.mjs", name, ...outputs, ...args], environment);
  }

  run(name: string, args: readonly string[], more?: NodeJS.ProcessEnv): Promise<WarmResult> {
    return this.commands.run(name, [...outputs, ...args], this.clone.environment({ ...this.environment, ...more }));
  }

  check(args: readonly string[], more?: NodeJS.ProcessEnv): Promise<WarmResult> {
    return this.run("check-stack", args, more);
  }

  report(folder = "report"): CheckReport {
    return this.clone.readJson(`.local/${folder}/report.json`) as CheckReport;
  }

  /** Uploads new data, so that no step is taken from the step cache and the execution takes a while. */
  async newData(): Promise<readonly string[]> {
    this.#temperature += 1;
    const { output } = await this.run("upload-data", [
      "--file",
      dataWithRow(join(this.clone.folder, ".local"), this.#temperature),
    ]);
    return ["--parameter", `InputDataUrl=${output.trim()}`];
  }

  /** Injects a fault into the endpoint. */
  async addFault(rule: FaultRuleInput): Promise<void> {
    const { ok } = await fetch(`${this.url}/_local/faults`, { method: "POST", body: JSON.stringify(rule) });
    assert.ok(ok);
  }

  /** Makes the next job take two seconds longer, so that its execution is still running when a command is interrupted. */
  slowDownNextJob(): Promise<void> {
    const read = { service: "s3", operation: "GetObject", from: "job" } as const;
    return this.addFault({ ...read, fault: "latency", milliseconds: 2000, times: 1 });
  }

  redeploy(): ReturnType<typeof deploy> {
    const { folder } = this.clone;
    return deploy({ folder, stack: "local", stateFile: join(folder, ".local", "state", "deploy.json"), url: this.url });
  }

  /** Returns parameters that no execution was started with, of data whose steps are in the cache. */
  newIdentity(): readonly string[] {
    this.#ceiling += 0.01;
    return [...this.data, "--parameter", `ErrorCeiling=${this.#ceiling.toFixed(2)}`];
  }

  /** Counts the executions of the pipeline. */
  async executions(): Promise<number> {
    const command = new ListPipelineExecutionsCommand({ PipelineName: "crickets-training-local", MaxResults: 100 });
    return (await this.sagemaker.send(command)).PipelineExecutionSummaries?.length ?? 0;
  }

  async git(...args: readonly string[]): Promise<string> {
    const own = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    const { code, output } = await this.clone.run("git", [...own, ...args]);
    assert.equal(code, 0, output);
    return output.trim();
  }
}
