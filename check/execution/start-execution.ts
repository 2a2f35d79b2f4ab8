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
  /** Left on the execution as its description. */
  readonly note: ExecutionNote;
  /** The steps to execute, if not all. */
  readonly selection?: SelectiveExecutionConfig | undefined;
}

/** How people see it in Studio: `check-stack-92789df`. */
function displayName({ purpose, commit }: ExecutionNote): string | undefined {
  return commit === undefined ? undefined : `${purpose}-${commit.slice(0, 7)}`;
}

/** What is left to say where nobody knows whether there is an execution now: the same token finds it. */
function maybeStarted(error: unknown): unknown {
  if (!(error instanceof ExitError) || !mayHaveActed(error.cause)) return error;
  const message = `${error.message} It may have started an execution: run the same again, which takes it up.`;
  return new ExitError(error.code, message, { cause: error.cause });
}

/** Time to hear of a start that is under way when somebody interrupts the command, so that it can be stopped. In milliseconds. */
const hearing = 4000;

/** How long ago an execution must have been started, in milliseconds, to be sure that it was not started just now. */
const longAgo = 300_000;

/**
 * Starts the execution of an identity, or finds the one that another command of the same identity has started. SageMaker has
 * then said no more of it than its ARN.
 *
 * @param predecessor ARN of the last execution of the same identity, which has its verdict
 * @throws ExitError (2) if there is no such pipeline or a parameter is wrong, (6) for anything else that AWS refuses; the
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
      onWarning?.("An execution may have been started, and may run: run the same again, which takes it up.");
    throw maybeStarted(error);
  });
  return { arn, status: "Executing", note };
}

/** Tells whether SageMaker answered a start with an execution that is over for good, which its list did not show yet. */
export function isSettled({ note, status, startTime }: KnownExecution, { clock }: Watch): boolean {
  if (note?.verdict !== undefined) return true;
  return status === "Stopped" && clock.now() - (startTime?.getTime() ?? clock.now()) > longAgo;
}
