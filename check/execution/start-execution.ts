import { type SelectiveExecutionConfig, StartPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { notLongAfterAbort } from "../../aws/clock.ts";
import { aws, mayHaveActed } from "../../aws/error.ts";
import { ExitError } from "../../exit-code.ts";
import { defined } from "../../service-model/defined.ts";
import { type ExecutionNote, noteText } from "./execution-note.ts";
import { startToken } from "./identity.ts";
import type { KnownExecution } from "./known-executions.ts";
import type { Watch } from "./watch.ts";

export interface StartRequest {
  readonly pipeline: { readonly name: string; readonly arn: string };
  readonly parameters: Readonly<Record<string, string>>;
  /** The note to write into the execution's description. */
  readonly note: ExecutionNote;
  /** The steps to execute, if not all. */
  readonly selection?: SelectiveExecutionConfig | undefined;
}

/** Returns the name that Studio shows, such as `check-stack-92789df`. */
function displayName({ purpose, commit }: ExecutionNote): string | undefined {
  return commit === undefined ? undefined : `${purpose}-${commit.slice(0, 7)}`;
}

/** Adds advice to an error after which the execution may exist: the same command finds it by its idempotency token. */
function maybeStarted(error: unknown): unknown {
  if (!(error instanceof ExitError) || !mayHaveActed(error.cause)) return error;
  const message = `${error.message} It may have started an execution: run the same command again to follow it.`;
  return new ExitError(error.code, message, { cause: error.cause });
}

/** The wait for the answer to a start request when the command is interrupted, so that the execution can be stopped. In milliseconds. */
const hearing = 4000;

/** The age from which an execution was certainly not started by this command, in milliseconds. */
const longAgo = 300_000;

/**
 * Starts the execution of an identity, or finds the one that another command of the same identity has started. Only the ARN of
 * the result is certain; the rest must be read from SageMaker.
 *
 * @param predecessor the ARN of the last execution of the same identity, which has a verdict
 * @throws ExitError (2) if the pipeline does not exist or a parameter is invalid, (6) if AWS rejects the call otherwise; the
 *   reason of the watch's signal when it is aborted
 */
export async function startExecution(
  watch: Watch,
  { pipeline, parameters, note, selection }: StartRequest,
  predecessor: string | undefined,
): Promise<KnownExecution> {
  const PipelineExecutionDisplayName = displayName(note);
  const command = new StartPipelineExecutionCommand({
    PipelineName: pipeline.name,
    ClientRequestToken: startToken(note.identity, predecessor),
    PipelineExecutionDescription: noteText(note),
    ...defined({ PipelineExecutionDisplayName }),
    PipelineParameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
    ...defined({ SelectiveExecutionConfig: selection }),
  });
  const { sagemaker, signal, onWarning } = watch;
  signal.throwIfAborted();
  const start = aws(`Starting ${pipeline.name}`, () => sagemaker.send(command));
  const { PipelineExecutionArn: arn = "" } = await notLongAfterAbort(watch, hearing, start).catch((error: unknown) => {
    if (error === signal.reason)
      onWarning?.("An execution may have been started and may be running: run the same command again to follow it.");
    throw maybeStarted(error);
  });
  return { arn, status: "Executing", note };
}

/** Tells whether SageMaker answered a start with an older execution that is finished, which its list did not show yet. */
export function isSettled({ note, status, startTime }: KnownExecution, { clock }: Watch): boolean {
  if (note?.verdict !== undefined) return true;
  return status === "Stopped" && clock.now() - (startTime?.getTime() ?? clock.now()) > longAgo;
}
