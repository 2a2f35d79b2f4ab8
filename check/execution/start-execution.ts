import { type SelectiveExecutionConfig, StartPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { notLongAfterAbort } from "../../aws/clock.ts";
import { aws, mayHaveActed } from "../../aws/error.ts";
import { ExitError } from "../../exit-code.ts";
import { isOwn } from "./choose-execution.ts";
import { type ExecutionNote, noteText } from "./execution-note.ts";
import { startToken } from "./identity.ts";
import { describeStarted, type KnownExecution } from "./known-executions.ts";
import type { Watch } from "./watch.ts";

export interface StartRequest {
  readonly pipeline: { readonly name: string; readonly arn: string };
  readonly parameters: Readonly<Record<string, string>>;
  /** Left on the execution as its description. */
  readonly note: ExecutionNote;
  /** The last execution of the same identity, which has its verdict. */
  readonly predecessor?: string | undefined;
  /** What of the pipeline runs, if not all of it. */
  readonly selection?: SelectiveExecutionConfig | undefined;
  /** Told of the execution as soon as there is one, before SageMaker has said what it knows of it. */
  readonly onStarted?: ((execution: KnownExecution) => void) | undefined;
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

async function started(watch: Watch, request: StartRequest, predecessor: string | undefined) {
  const { pipeline, parameters, note, selection, onStarted } = request;
  const PipelineExecutionDisplayName = displayName(note);
  const command = new StartPipelineExecutionCommand({
    PipelineName: pipeline.name,
    ClientRequestToken: startToken(note.identity, predecessor),
    PipelineExecutionDescription: noteText(note),
    ...(PipelineExecutionDisplayName === undefined ? {} : { PipelineExecutionDisplayName }),
    PipelineParameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
    ...(selection === undefined ? {} : { SelectiveExecutionConfig: selection }),
  });
  const { sagemaker, signal, onWarning } = watch;
  signal.throwIfAborted();
  const start = aws(`Starting ${pipeline.name}`, () => sagemaker.send(command));
  const { PipelineExecutionArn: arn = "" } = await notLongAfterAbort(watch, hearing, start).catch((error: unknown) => {
    if (error === signal.reason)
      onWarning?.("An execution may have been started, and may run: run the same again, which takes it up.");
    throw maybeStarted(error);
  });
  onStarted?.({ arn, status: "Executing", note });
  return describeStarted(watch, pipeline.arn, arn);
}

/** Whether a start was answered with an execution that is over for good, as the list of executions did not show it. */
function isSettled({ note, status, startTime }: KnownExecution, { clock }: Watch): boolean {
  if (note?.verdict !== undefined) return true;
  return status === "Stopped" && clock.now() - (startTime?.getTime() ?? clock.now()) > longAgo;
}

/**
 * Starts the execution of an identity, or finds the one that another run of the same identity has started: SageMaker
 * answers a token that it knows with the execution it knows it from. Where that one has its verdict already, or was stopped
 * some time ago, the next one is started. One that was stopped just now is this one: starting another in its place could go on
 * for ever.
 *
 * @throws ExitError (2) if there is no such pipeline or a parameter is wrong, (6) for anything else that AWS refuses; else as
 *   {@link describeStarted}
 */
export async function startExecution(watch: Watch, request: StartRequest): Promise<KnownExecution> {
  const judged = new Set<string | undefined>([request.predecessor]);
  let execution = await started(watch, request, request.predecessor);
  while (isSettled(execution, watch) && !isOwn(execution, request.note.ciRun) && !judged.has(execution.arn)) {
    judged.add(execution.arn);
    execution = await started(watch, request, execution.arn);
  }
  return execution;
}
