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

/** What a new execution is given beside the user's parameters. */
export interface StartValues {
  readonly parameters: Readonly<Record<string, string>>;
  /** ARN of the model package by the parameter that has its model's URI. */
  readonly models: Readonly<Record<string, string>>;
  /** Thresholds that were given by flags. */
  readonly thresholds?: Readonly<Record<string, number>>;
  /** Parameters that only the command itself chooses: never taken over from an execution whose results are used. */
  readonly own: readonly string[];
}

/** The execution of a command, before SageMaker was asked about one that was just started. */
export interface BegunExecution {
  readonly execution: KnownExecution;
  /** How it was started; absent where it was there before. */
  readonly request?: StartRequest;
  /** Why there is no new one, for the user. */
  readonly said?: string;
}

async function startRequest(prepared: PreparedExecution, values: StartValues): Promise<StartRequest> {
  const { options, digest, selected } = prepared;
  const { pipeline, purpose, origin } = options;
  const { commit, changed, ciRun } = origin;
  const note: ExecutionNote = {
    ...{ purpose, identity: digest, commit, ciRun, models: values.models },
    ...(changed ? { changed } : {}),
    ...defined({ thresholds: values.thresholds }),
  };
  const given = { ...options.parameters, ...values.parameters };
  if (selected === undefined) return { pipeline, note, parameters: given };
  const source = await sourceOf(prepared, selected);
  const { steps } = selected;
  const selection: SelectiveExecutionConfig = {
    SourcePipelineExecutionArn: source.arn,
    SelectedSteps: steps.map((StepName) => ({ StepName })),
  };
  options.print(`Running ${steps.join(", ")} with what ${source.arn} has of the others`);
  // A selective execution has the pipeline's defaults unless it is given its source's parameters.
  const earlier = Object.entries(source.parameters);
  const parameters = { ...Object.fromEntries(earlier.filter(([name]) => !values.own.includes(name))), ...given };
  return { pipeline, note, parameters, selection };
}

/**
 * Starts or retries the execution of a command, or attaches to the one that is there.
 *
 * @throws as {@link startExecution} and {@link retryExecution}
 */
export async function beginExecution(prepared: PreparedExecution, values: StartValues): Promise<BegunExecution> {
  const { options, chosen, latest, digest, watch } = prepared;
  if (chosen.kind === "attach") return { execution: chosen.execution, said: chosen.said };
  if (chosen.kind === "retry") {
    const execution = await retryExecution(watch, options.pipeline.arn, chosen.execution);
    return { execution, said: "run on from where it ended" };
  }
  for (const line of othersText(latest, digest)) options.print(line);
  const request = await startRequest(prepared, values);
  return { execution: await startExecution(watch, request, chosen.predecessor?.arn), request };
}

/**
 * Reads a started execution. SageMaker answers a token that it knows with the execution it knows it from. If that one has its
 * verdict, or was stopped some time ago, this starts the next one. It keeps one that was stopped just now, because starting
 * another in its place could go on for ever.
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
 * Asks SageMaker about an execution that was just started, and says which execution it is and where AWS shows its logs.
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
