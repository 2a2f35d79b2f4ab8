import { randomUUID } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionRecord } from "../../state/store.ts";
import { jobEnvironment } from "../process/job-environment.ts";
import { JobFolder } from "../process/job-folder.ts";
import { runProcess } from "../process/run-process.ts";
import { pythonOverlay } from "../python-overlay.ts";
import type { Runtime } from "../runtime.ts";

const runner = fileURLToPath(new URL("run_function.py", import.meta.url));
const nodeRunner = fileURLToPath(new URL("run-function.mjs", import.meta.url));

/** Seconds that a function may take to load. They do not count for its timeout, as on AWS. */
const initSeconds = 10;

/** An invocation's answer. */
export interface Invoked {
  /** The function's result as JSON, or its error. */
  readonly payload: string;
  /** Whether the payload is an error. */
  readonly failed: boolean;
  /** The lines of its log, and where they belong in CloudWatch Logs. */
  readonly log: readonly string[];
  readonly group: string;
  readonly stream: string;
}

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly errorMessage: string; readonly errorType: string };
  readonly timedOut?: true;
}

/** Returns the program of a runtime: null for Python, in which the runner itself runs the function. */
function nodeOf(runtime: string | undefined): string | null {
  if (/^python3/.test(runtime ?? "")) return null;
  if (/^nodejs/.test(runtime ?? "")) return process.execPath;
  throw new Error(`the runtime ${runtime} does not run locally: use Python or Node, or run this on AWS`);
}

/** Says which version runs, if it is not the function's. */
function versionLine(runtime: string | undefined, python: string): string {
  const here = /^nodejs/.test(runtime ?? "")
    ? `Node ${process.versions.node}`
    : `the Python of ${dirname(dirname(python))}`;
  return `The runtime ${runtime} runs locally in ${here}.`;
}

/**
 * Runs a function once, as a process with its environment, its role and this endpoint as its AWS.
 *
 * @param event the JSON of the event
 * @param code the file of the function's ZIP archive
 */
export async function invokeFunction(
  fn: FunctionRecord,
  event: string,
  code: string,
  region: string,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<Invoked> {
  const { FunctionName: name = "", FunctionArn: arn = "", Role = "", Timeout = 3, MemorySize = 128 } = fn;
  const id = randomUUID();
  const session = runtime.sessions.open({ role: Role, by: name }, region);
  const folder = new JobFolder(runtime.folder, `lambda-${name}-${id}`, runtime.ownRoot);
  try {
    const python = await runtime.pythons.python("xgboost");
    const node = nodeOf(fn.Runtime);
    const image = { uri: name, python, bin: dirname(python), constraints: [], frameworkModule: "", description: "" };
    const own = pythonOverlay(image, folder.pythonFolder());
    const work = folder.workFolder();
    const at = (file: string) => join(work, file);
    mkdirSync(at("task"));
    writeFileSync(at("event.json"), event);
    copyFileSync(code, at("code.zip"));
    const stream = `${new Date().toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${id.replaceAll("-", "")}`;
    const group = `/aws/lambda/${name}`;
    const request = {
      ...{ name, arn, id, memory: MemorySize, timeout: Timeout, handler: fn.Handler, node, nodeRunner, stream },
      ...{ code: at("code.zip"), task: at("task"), event: at("event.json"), answer: at("answer.json") },
      group,
    };
    writeFileSync(at("request.json"), JSON.stringify(request));
    const place = folder.place([own.python, runner, at("request.json")], own);
    const log = [versionLine(fn.Runtime, python), `START RequestId: ${id} Version: $LATEST`];
    const began = performance.now();
    const end = await runProcess({
      command: folder.command(place),
      folder: work,
      environment: jobEnvironment({
        bin: own.bin,
        isContained: folder.isMounted,
        endpoint: runtime.endpoint(),
        region,
        credentials: session.credentials,
        own: {
          ...fn.Environment?.Variables,
          AWS_LAMBDA_FUNCTION_NAME: name,
          AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
          AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
          AWS_LAMBDA_LOG_GROUP_NAME: group,
          AWS_LAMBDA_LOG_STREAM_NAME: stream,
          AWS_EXECUTION_ENV: `AWS_Lambda_${fn.Runtime}`,
          LAMBDA_TASK_ROOT: request.task,
          _HANDLER: fn.Handler ?? "",
        },
      }),
      onLines: (lines) => void log.push(...lines),
      signal,
      registry: runtime.registry,
      maxSeconds: Timeout + initSeconds,
    });
    const taken = performance.now() - began;
    const answer: Answer = existsSync(at("answer.json")) ? JSON.parse(readFileSync(at("answer.json"), "utf8")) : {};
    const timedOut = answer.timedOut === true || end.kind === "timed-out";
    const outcome = timedOut
      ? timeout(id, Timeout)
      : (answer.error ?? (end.kind === "exited" && "result" in answer ? undefined : exited(id, end)));
    if (outcome !== undefined) log.push(`[ERROR] ${outcome.errorType}: ${outcome.errorMessage}`);
    log.push(
      `END RequestId: ${id}`,
      `REPORT RequestId: ${id} Duration: ${taken.toFixed(2)} ms Memory Size: ${MemorySize} MB`,
    );
    const payload = JSON.stringify(outcome ?? answer.result ?? null);
    return { payload, failed: outcome !== undefined, log, group, stream };
  } finally {
    session.close();
    folder.remove();
  }
}

function timeout(id: string, seconds: number) {
  const at = new Date().toISOString();
  return {
    errorType: "Sandbox.Timedout",
    errorMessage: `${at} ${id} Task timed out after ${seconds.toFixed(2)} seconds`,
  };
}

function exited(id: string, end: { readonly kind: string; readonly code?: number }) {
  return {
    errorType: "Runtime.ExitError",
    errorMessage: `RequestId: ${id} Error: Runtime exited with error: exit status ${end.code ?? end.kind}`,
  };
}
