import { type SelectiveExecutionConfig, StartPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { ExitError } from "../command/exit-code.ts";
import { aws, mayHaveActed } from "./aws-error.ts";
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
  const { PipelineExecutionArn: arn = "" } = await aws(`Starting ${pipeline.name}`, () =>
    watch.sagemaker.send(command),
  ).catch((error: unknown) => {
    throw maybeStarted(error);
  });
  onStarted?.({ arn, status: "Executing", note });
  return describeStarted(watch, pipeline.arn, arn);
}

function hasVerdict({ note }: KnownExecution): boolean {
  return note?.verdict !== undefined;
}

/**
 * Starts the execution of an identity, or finds the one that another run of the same identity has started: SageMaker
 * answers a token that it knows with the execution it knows it from. Where that one has its verdict already, as the list of
 * executions did not show it, the next one is started. One that was stopped has none: it may be the one that was started just
 * now, and starting another in its place could go on for ever.
 *
 * @throws ExitError (2) if there is no such pipeline or a parameter is wrong, (6) for anything else that AWS refuses; else as
 *   {@link describeStarted}
 */
export async function startExecution(watch: Watch, request: StartRequest): Promise<KnownExecution> {
  const judged = new Set<string | undefined>([request.predecessor]);
  let execution = await started(watch, request, request.predecessor);
  while (hasVerdict(execution) && !isOwn(execution, request.note.ciRun) && !judged.has(execution.arn)) {
    judged.add(execution.arn);
    execution = await started(watch, request, execution.arn);
  }
  return execution;
}
