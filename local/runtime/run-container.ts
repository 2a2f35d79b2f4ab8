import { limits } from "../../pipelines/sagemaker/service/limits.ts";
import type { SessionCredentials } from "../authorization/role-sessions.ts";
import { LocalError } from "../error.ts";
import type { LogGroup } from "../logs/job-log.ts";
import type { LocalImage } from "./images.ts";
import { type Environment, jobEnvironment } from "./job-environment.ts";
import type { JobFolder } from "./job-folder.ts";
import { type ProcessEnd, runProcess } from "./run-process.ts";
import type { JobEnd, Runtime } from "./runtime.ts";

export interface Container {
  readonly image: LocalImage;
  readonly command: readonly string[];
  readonly environment: Environment;
  readonly folder: JobFolder;
  /** Those of the job's role. */
  readonly credentials: SessionCredentials;
  readonly jobName: string;
  readonly group: LogGroup;
  readonly region: string;
  readonly maxSeconds: number | undefined;
  /** Where in /opt/ml/output the script may leave a sentence on why it failed. */
  readonly messageFile: "message" | "failure";
  readonly onLine?: (line: string, time: number) => void;
}

/** SageMaker cuts a failure reason there. */
const longestReason = limits.stepFailureReasonCharacters;

/** Runs a job's command as its container would, and keeps what it prints. */
export async function runContainer(container: Container, runtime: Runtime, signal: AbortSignal): Promise<JobEnd> {
  const { folder, group } = container;
  const stream = `${container.jobName}/algo-1-${Math.floor(Date.now() / 1000)}`;
  runtime.logs.append(group, stream, []);
  let unwritten: unknown;
  const place = folder.workFolder();
  const environment = jobEnvironment({
    bin: container.image.bin,
    endpoint: runtime.endpoint(),
    region: container.region,
    credentials: container.credentials,
    own: { ...container.environment, ...folder.environment() },
  });
  const { image, command } = container;
  const end = await runProcess({
    command: folder.command(command),
    folder: place,
    environment,
    prepared: (stop, began) =>
      runtime.warm?.start(image, { ...folder.place(command), environment, folder: place }, { signal: stop, began }),
    onLine(line) {
      const timestamp = Date.now();
      container.onLine?.(line, timestamp / 1000);
      try {
        runtime.logs.append(group, stream, [{ timestamp, message: line }]);
      } catch (error) {
        unwritten = error;
      }
    },
    signal,
    registry: runtime.registry,
    maxSeconds: container.maxSeconds,
  });
  if (unwritten !== undefined) throw unwritten;
  return jobEnd(end, folder.readText(`/opt/ml/output/${container.messageFile}`, longestReason - 64));
}

/** A job's end in SageMaker's words. */
export function jobEnd(end: ProcessEnd, message: string): JobEnd {
  const left = message === "" ? {} : { message };
  if (end.kind === "stopped") return { status: "Stopped", ...left };
  if (end.kind === "timed-out") {
    // As SageMaker does, a job that ran out of time is stopped, and its step fails with this reason.
    return { status: "Stopped", failureReason: "MaxRuntimeExceeded: the job ran longer than its MaxRuntimeInSeconds" };
  }
  if (end.code === 0) return { status: "Completed", ...left };
  return { status: "Failed", failureReason: `AlgorithmError: ${message}, exit code: ${end.code}`, ...left };
}

/** What went wrong before or after the script itself, as a job's end. */
export function failedEnd(error: unknown): JobEnd {
  const message = error instanceof Error ? error.message : String(error);
  const known = /^(Client|Algorithm|InternalServer)Error: /.test(message) || error instanceof LocalError;
  const reason = known ? message : `ClientError: ${message}`;
  return { status: "Failed", failureReason: reason.slice(0, longestReason) };
}
