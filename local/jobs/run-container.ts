import { defined } from "../../service-model/defined.ts";
import { limits } from "../../service-model/limits.ts";
import type { SessionCredentials } from "../iam/role-sessions.ts";
import type { LogGroup } from "../logs/job-log-store.ts";
import type { Environment } from "../state/process-environment.ts";
import { LocalError } from "../wire/local-error.ts";
import type { LocalImage } from "./images/local-image.ts";
import { shownLines } from "./print-failure.ts";
import { jobEnvironment } from "./process/job-environment.ts";
import type { JobFolder } from "./process/job-folder.ts";
import { type ProcessEnd, runProcess } from "./process/run-process.ts";
import type { JobEnd, Runtime } from "./runtime.ts";

/** A job's container: the command and everything that it sees. */
export interface JobContainer {
  readonly image: LocalImage;
  readonly command: readonly string[];
  readonly environment: Environment;
  readonly folder: JobFolder;
  /** The credentials of the job's role. */
  readonly credentials: SessionCredentials;
  readonly jobName: string;
  readonly group: LogGroup;
  readonly region: string;
  readonly maxSeconds: number | undefined;
  /** The file in /opt/ml/output in which the script may leave the reason of its failure. */
  readonly messageFile: "message" | "failure";
  readonly onLine?: (line: string, time: number) => void;
  /** Returns the image's own message about a failed script, from its exit code and last line. Used if the script left no message. */
  readonly toolkitMessage?: ((code: number, lastLine: string) => string) | undefined;
}

/** The most characters of a failure reason; SageMaker cuts longer ones. */
const longestReason = limits.stepFailureReasonCharacters;

/**
 * Runs a job's command like its container and stores its output in the job's log.
 *
 * @throws LocalError `disk-full` if the output cannot be stored; the job is ended then
 */
export async function runContainer(container: JobContainer, runtime: Runtime, signal: AbortSignal): Promise<JobEnd> {
  const { warning } = container.image;
  const end = await runToEnd(container, runtime, signal);
  return warning === undefined ? end : { ...end, note: warning };
}

async function runToEnd(container: JobContainer, runtime: Runtime, signal: AbortSignal): Promise<JobEnd> {
  const { folder, group } = container;
  const stream = `${container.jobName}/algo-1-${Math.floor(Date.now() / 1000)}`;
  runtime.logs.append(group, stream, [{ timestamp: Date.now(), message: container.image.description }]);
  if (container.image.warning !== undefined) runtime.print(container.image.warning);
  const lastLines: string[] = [];
  let hasTraceback = false;
  let namesRoot = false;
  const { image, command } = container;
  const place = folder.place(command, image);
  const environment = jobEnvironment({
    bin: image.bin,
    isContained: folder.isMounted,
    endpoint: runtime.endpoint(),
    region: container.region,
    credentials: container.credentials,
    own: folder.environment(container.environment),
  });
  const end = await runProcess({
    command: folder.command(place),
    folder: folder.workFolder(),
    environment,
    prepared: (stop, began) => runtime.warm?.start(image, { ...place, environment }, { signal: stop, began }),
    onLines(lines) {
      const timestamp = Date.now();
      for (const line of lines) {
        if (line.trim() !== "") lastLines.push(line.trimEnd());
        hasTraceback ||= line.startsWith("Traceback (most recent call last)");
        namesRoot ||= line.includes("/opt/ml");
        container.onLine?.(line, timestamp / 1000);
      }
      lastLines.splice(0, lastLines.length - shownLines);
      runtime.logs.append(
        group,
        stream,
        lines.map((message) => ({ timestamp, message })),
      );
    },
    signal,
    registry: runtime.registry,
    maxSeconds: container.maxSeconds,
  });
  const left = (name: string) => folder.readText(`/opt/ml/output/${name}`, longestReason - 64);
  const own = left(container.messageFile) || left("failure");
  const failed = end.kind === "exited" && end.code !== 0;
  if (!failed) return jobEnd(end, own);
  const lastLine = lastLines.at(-1)?.trim().slice(0, 300) ?? "";
  const said = own === "" ? container.toolkitMessage?.(end.code, lastLine) : undefined;
  // A container with the training toolkit exits with 1, whatever the exit code of its script is.
  const ended =
    said === undefined ? jobEnd(end, own, hasTraceback ? lastLine : "") : jobEnd({ kind: "exited", code: 1 }, said);
  const lost = !folder.isMounted && (namesRoot || namesOptMl(container.command, folder));
  const failureReason = lost ? `${noOwnRoot}\n${ended.failureReason}`.slice(0, longestReason) : ended.failureReason;
  return { ...ended, ...defined({ failureReason }), lastLines };
}

/** The failure reason of a script that names /opt/ml on a system that cannot give each job its own root directory. */
const noOwnRoot =
  "ClientError: the script names /opt/ml, but this system does not let a job have its own /opt/ml (user and mount namespaces are forbidden). Allow them (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0), or let the script read the folder's place from SAGEMAKER_BASE_DIR.";

/** Tells whether a file of the command, such as its script, names /opt/ml and does not read SAGEMAKER_BASE_DIR. */
function namesOptMl(command: readonly string[], folder: JobFolder): boolean {
  return command
    .filter((word) => word.startsWith("/opt/ml/"))
    .map((word) => folder.readText(word, 1_000_000))
    .some((text) => text.includes("/opt/ml") && !text.includes("SAGEMAKER_BASE_DIR"));
}

/**
 * Converts the end of a job's process to SageMaker's statuses and failure reasons.
 *
 * @param message what the script left for SageMaker
 * @param error the last line of the script's traceback, which is the reason if there is no message
 */
export function jobEnd(end: ProcessEnd, message: string, error = ""): JobEnd {
  const left = message === "" ? {} : { message };
  if (end.kind === "stopped") return { status: "Stopped", ...left };
  if (end.kind === "timed-out") {
    // SageMaker stops a job that exceeds its maximum runtime, and the job's step fails with this reason. The text is that of
    // the API reference of DescribeTrainingJob.
    const failureReason = "MaxRuntimeExceeded: The job stopped because it exceeded the maximum allowed runtime.";
    return { status: "Stopped", failureReason };
  }
  if (end.code === 0) return { status: "Completed", ...left };
  return { status: "Failed", failureReason: `AlgorithmError: ${message || error}, exit code: ${end.code}`, ...left };
}

/** Returns the end of a job that failed before or after its script, from the error. */
export function failedEnd(error: unknown): JobEnd {
  const message = error instanceof Error ? error.message : String(error);
  const known = /^(Client|Algorithm|InternalServer)Error: /.test(message) || error instanceof LocalError;
  const reason = known ? message : `ClientError: ${message}`;
  return { status: "Failed", failureReason: reason.slice(0, longestReason) };
}
