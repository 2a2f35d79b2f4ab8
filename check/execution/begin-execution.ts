import type { SelectiveExecutionConfig } from "@aws-sdk/client-sagemaker";
import { defined } from "../../service-model/defined.ts";
import { isOwn, othersText } from "./choose-execution.ts";
import { consoleLinks } from "./console-links.ts";
import type { ExecutionNote } from "./execution-note.ts";
import { describeStarted, type KnownExecution } from "./known-executions.ts";
import type { PreparedExecution } from "./prepare-execution.ts";
import { retryExecution } from "./retry-execution.ts";
import { sourceOf } from "./source-execution.ts";
import { isSettled, type StartRequest, startExecution } from "./start-execution.ts";

/** The values that a command gives to a new execution, in addition to the user's parameters. */
export interface StartValues {
  readonly parameters: Readonly<Record<string, string>>;
  /** The ARN of each compared model package, keyed by the pipeline parameter that contains its model's URI. */
  readonly models: Readonly<Record<string, string>>;
  /** The thresholds that the user gave as flags. */
  readonly thresholds?: Readonly<Record<string, number>>;
  /** Parameters that the command itself chooses, so that they are never copied from the execution whose results are reused. */
  readonly own: readonly string[];
}

/** The execution of a command. If it was just started, it has not been read from SageMaker yet. */
export interface BegunExecution {
  readonly execution: KnownExecution;
  /** The request that started it; absent for an execution that existed before. */
  readonly request?: StartRequest;
  /** For the user: why the command did not start an execution. */
  readonly said?: string;
}

async function startRequest(prepared: PreparedExecution, values: StartValues): Promise<StartRequest> {
  const { options, digest, deployed, selected } = prepared;
  const { pipeline, purpose, origin } = options;
  const { commit, changed, ciRun } = origin;
  const note: ExecutionNote = {
    ...{ purpose, identity: digest, commit, ciRun, models: values.models },
    ...(changed ? { changed } : {}),
    ...defined({ inputs: deployed?.inputs, thresholds: values.thresholds }),
  };
  const given = { ...options.parameters, ...values.parameters };
  if (selected === undefined) return { pipeline, note, parameters: given };
  const source = await sourceOf(prepared, selected);
  const { steps } = selected;
  const selection: SelectiveExecutionConfig = {
    SourcePipelineExecutionArn: source.arn,
    SelectedSteps: steps.map((StepName) => ({ StepName })),
  };
  options.print(`Running ${steps.join(", ")}; the results of the other steps come from ${source.arn}`);
  // Without the source's parameters, a selective execution would use the pipeline's defaults.
  const earlier = Object.entries(source.parameters);
  const parameters = { ...Object.fromEntries(earlier.filter(([name]) => !values.own.includes(name))), ...given };
  return { pipeline, note, parameters, selection };
}

/**
 * Starts or retries the execution of a command, or attaches to an existing one.
 *
 * @throws as {@link startExecution} and {@link retryExecution}
 */
export async function beginExecution(prepared: PreparedExecution, values: StartValues): Promise<BegunExecution> {
  const { options, chosen, latest, digest, watch } = prepared;
  if (chosen.kind === "attach") return { execution: chosen.execution, said: chosen.said };
  if (chosen.kind === "retry") {
    const execution = await retryExecution(watch, options.pipeline.arn, chosen.execution);
    return { execution, said: "retried from where it ended" };
  }
  for (const line of othersText(latest, digest)) options.print(line);
  const request = await startRequest(prepared, values);
  return { execution: await startExecution(watch, request, chosen.predecessor?.arn), request };
}

/**
 * Reads a started execution. SageMaker answers a repeated idempotency token with the execution that the first request with it
 * started. If that execution has its verdict, or was stopped some time ago, this starts the next one. If it was stopped just
 * now, this keeps it, because starting another could repeat endlessly.
 */
async function described({ options, chosen, watch }: PreparedExecution, first: KnownExecution, request: StartRequest) {
  const { arn } = options.pipeline;
  const judged = new Set([chosen.kind === "start" ? chosen.predecessor?.arn : undefined]);
  let execution = await describeStarted(watch, arn, first.arn);
  while (isSettled(execution, watch) && !isOwn(execution, request.note.ciRun) && !judged.has(execution.arn)) {
    judged.add(execution.arn);
    const next = await startExecution(watch, request, execution.arn);
    execution = await describeStarted(watch, arn, next.arn);
  }
  return execution;
}

/**
 * Reads an execution that was just started from SageMaker, and prints its ARN and the pages of its logs.
 *
 * @throws as {@link describeStarted} and {@link startExecution}
 */
export async function confirmExecution(prepared: PreparedExecution, begun: BegunExecution): Promise<KnownExecution> {
  const { print, clients } = prepared.options;
  const { request, said } = begun;
  const execution = request === undefined ? begun.execution : await described(prepared, begun.execution, request);
  print(`Execution ${execution.arn}${said === undefined ? "" : ` (${said})`}`);
  if (!clients.isLocal)
    for (const { what, url } of consoleLinks(execution.arn)) print(`  logs of ${what} jobs: ${url}`);
  return execution;
}
