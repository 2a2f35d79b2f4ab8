import type { SelectiveExecutionConfig } from "@aws-sdk/client-sagemaker";
import { othersText } from "./choose-execution.ts";
import { consoleLinks } from "./console-links.ts";
import type { ExecutionNote } from "./execution-note.ts";
import type { KnownExecution } from "./known-executions.ts";
import type { PreparedRun } from "./prepare-run.ts";
import { retryExecution } from "./retry-execution.ts";
import { sourceOf } from "./source-execution.ts";
import { startExecution } from "./start-execution.ts";

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

async function started(run: PreparedRun, values: StartValues, predecessor: string | undefined) {
  const { options, digest, selected, watch } = run;
  const { pipeline, purpose, origin, onExecution: onStarted } = options;
  const { commit, changed, ciRun } = origin;
  const note: ExecutionNote = {
    ...{ purpose, identity: digest, commit, ciRun, models: values.models },
    ...(changed ? { changed } : {}),
    ...(values.thresholds === undefined ? {} : { thresholds: values.thresholds }),
  };
  const request = { pipeline, note, predecessor, onStarted };
  const given = { ...options.parameters, ...values.parameters };
  if (selected === undefined) return startExecution(watch, { ...request, parameters: given });
  const source = await sourceOf(run, selected);
  const { steps } = selected;
  const selection: SelectiveExecutionConfig = {
    SourcePipelineExecutionArn: source.arn,
    SelectedSteps: steps.map((StepName) => ({ StepName })),
  };
  options.print(`Running ${steps.join(", ")} with what ${source.arn} has of the others`);
  // A selective execution has the pipeline's defaults unless it is given what its source ran with.
  const earlier = Object.entries(source.parameters);
  const parameters = { ...Object.fromEntries(earlier.filter(([name]) => !values.own.includes(name))), ...given };
  return startExecution(watch, { ...request, parameters, selection });
}

async function begun(run: PreparedRun, values: StartValues): Promise<readonly [KnownExecution, string]> {
  const { options, chosen, latest, digest, watch } = run;
  if (chosen.kind === "attach") return [chosen.execution, chosen.said];
  if (chosen.kind === "retry") {
    const execution = await retryExecution(watch, options.pipeline.arn, chosen.execution);
    return [execution, "run on from where it ended"];
  }
  for (const line of othersText(latest, digest)) options.print(line);
  return [await started(run, values, chosen.predecessor?.arn), ""];
}

/**
 * Starts or retries the execution of a run, or attaches to the one that is there, and says which it is and where AWS shows
 * its logs.
 *
 * @throws as {@link startExecution} and {@link retryExecution}
 */
export async function beginRun(run: PreparedRun, values: StartValues): Promise<KnownExecution> {
  const { print, onExecution, clients } = run.options;
  const [execution, said] = await begun(run, values);
  onExecution?.(execution);
  print(`Execution ${execution.arn}${said === "" ? "" : ` (${said})`}`);
  if (!clients.isLocal)
    for (const { what, url } of consoleLinks(execution.arn)) print(`  logs of ${what} jobs: ${url}`);
  return execution;
}
