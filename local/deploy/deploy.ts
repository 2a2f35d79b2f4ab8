import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { clientEnvironment } from "../state/process-environment.ts";
import { LocalError } from "../wire/local-error.ts";
import type { LostGroup, ProgramAnswer, ProgramRequest } from "./deploy-program.ts";
import type { DeploymentCounts } from "./deployment.ts";

export interface DeployOptions extends ProgramRequest {
  /** Address of the local endpoint. */
  readonly url: string;
  /** The local deploy that runs the program, `program.ts`; this repository's by default. */
  readonly deployer?: string | undefined;
  readonly signal?: AbortSignal;
}

export interface DeployResult {
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly counts: DeploymentCounts;
  /** The deleted resources, each as its type and name. */
  readonly deleted: readonly string[];
}

/** The error of a deploy that would delete registered models. It has changed nothing. */
export class LostModelsError extends LocalError {
  readonly lost: readonly LostGroup[];

  constructor(message: string, lost: readonly LostGroup[]) {
    super("deploy", message);
    this.lost = lost;
  }
}

/**
 * Deploys the Pulumi program of a folder (its `Pulumi.yaml`) with `Pulumi.<stack>.yaml` to the local endpoint, like
 * `pulumi up`, but with the endpoint's own handlers. `stateFile` remembers the created resources.
 *
 * @returns the stack's outputs, and which resources were created, updated, deleted and left unchanged
 * @throws LocalError ("deploy") that names the resource or the configuration key that failed, and why; LostModelsError only
 *   with `lastOutputs`
 */
export async function deploy({ url, deployer, signal, ...request }: DeployOptions): Promise<DeployResult> {
  const child = fork(deployer ?? fileURLToPath(new URL("program.ts", import.meta.url)), {
    // `tsx` alone would also pass every CommonJS file of Pulumi's packages through its compiler.
    execArgv: ["--import", "tsx/esm"],
    env: clientEnvironment(url, "us-east-1", process.env),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    ...(signal === undefined ? {} : { signal, killSignal: "SIGKILL" as const }),
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (printed += chunk));
  const answer = await new Promise<ProgramAnswer>((resolve, reject) => {
    child.once("message", (message) => resolve(message as ProgramAnswer));
    child.once("error", reject);
    child.once("exit", () => resolve({ error: `the program ended without an answer: ${printed.trim().slice(-500)}` }));
    child.send(request satisfies ProgramRequest, (error) => error && reject(error));
  });
  if (!("error" in answer)) return answer;
  const message = `Deploying to the local endpoint failed: ${answer.error}`;
  throw answer.lost === undefined ? new LocalError("deploy", message) : new LostModelsError(message, answer.lost);
}
