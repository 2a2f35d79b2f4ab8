import { DescribePipelineCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "../../aws/clients.ts";
import { notLongAfterAbort } from "../../aws/clock.ts";
import { aws } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { readDefinition } from "../../language/read/read-definition.ts";
import { type Chosen, chooseAmong } from "./choose-execution.ts";
import { definitionDigest } from "./definition-digest.ts";
import type { ExecutionChoice } from "./execution-choice.ts";
import { identityDigest, type Purpose } from "./identity.ts";
import { checkPipeline, describeExecution, type KnownExecution, latestExecutions } from "./known-executions.ts";
import { pollTimes } from "./poll-times.ts";
import type { RunOrigin } from "./run-origin.ts";
import { type SelectedSteps, stepsFrom } from "./selected-steps.ts";
import type { Watch } from "./watch.ts";

export interface RunOptions {
  readonly clients: AwsClients;
  readonly purpose: Purpose;
  readonly pipeline: { readonly name: string; readonly arn: string };
  /** Those that the user gives. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly choice: ExecutionChoice;
  /** The model package that the user wants compared. */
  readonly baseline?: string | undefined;
  readonly origin: RunOrigin;
  /** Minutes, as given on the command line. */
  readonly timeout: string;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  /** Told of the execution as soon as there is one. */
  readonly onExecution?: (execution: KnownExecution) => void;
}

/** A run that knows which execution it is about. */
export interface PreparedRun {
  readonly options: RunOptions;
  readonly watch: Watch;
  readonly digest: string;
  /** The pipeline's executions, newest first. */
  readonly latest: readonly KnownExecution[];
  readonly chosen: Chosen;
  /** What is to be run, if not all of the pipeline, and the definition that it is of. */
  readonly selected?: SelectedSteps & { readonly definition: string };
}

function minutes(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value * 60_000;
  throw new ExitError(exitCode.usage, `--timeout takes minutes as a number above 0, not "${text}".`);
}

async function deployedDefinition(sagemaker: SageMakerClient, { name, arn }: RunOptions["pipeline"]): Promise<string> {
  const described = await aws(`Reading ${name} (sagemaker:DescribePipeline)`, () =>
    sagemaker.send(new DescribePipelineCommand({ PipelineName: name })),
  );
  checkPipeline(described.PipelineArn ?? "", arn);
  return described.PipelineDefinition ?? "";
}

/**
 * Finds out which execution a run is about: one that is there, or one that is to be started.
 *
 * @throws ExitError (2) if the options fit no execution or step, or there is another pipeline of this name, (6) if AWS cannot
 *   be asked; the reason of the signal when it is aborted
 */
export async function prepareRun(options: RunOptions): Promise<PreparedRun> {
  const { clients, signal } = options;
  return notLongAfterAbort({ clock: clients.clock, signal }, 0, preparedRun(options));
}

async function preparedRun(options: RunOptions): Promise<PreparedRun> {
  const { clients, pipeline, choice, origin, purpose, parameters, baseline } = options;
  const { sagemaker, clock, isLocal } = clients;
  const watch: Watch = {
    ...{ sagemaker, clock, signal: options.signal, onWarning: options.print },
    ...{ deadline: clock.now() + minutes(options.timeout), times: pollTimes(isLocal) },
  };
  if (choice.kind === "given") {
    const execution = await describeExecution(sagemaker, pipeline.arn, choice.arn);
    return { options, watch, digest: "", latest: [], chosen: { kind: "attach", execution, said: "as given" } };
  }
  if (choice.kind === "latest" || choice.kind === "retry") {
    const latest = await latestExecutions(sagemaker, pipeline);
    return { options, watch, digest: "", latest, chosen: chooseAmong(choice, latest, "", origin.ciRun) };
  }
  const [latest, text] = await Promise.all([
    latestExecutions(sagemaker, pipeline),
    deployedDefinition(sagemaker, pipeline),
  ]);
  const fromStep = choice.kind === "from-step" ? choice.step : undefined;
  const digest = identityDigest({
    ...{ purpose, pipelineArn: pipeline.arn, parameters, baseline, fromStep, origin },
    definition: definitionDigest(text),
  });
  return {
    ...{ options, watch, digest, latest },
    chosen: chooseAmong(choice, latest, digest, origin.ciRun),
    ...(fromStep === undefined
      ? {}
      : { selected: { ...stepsFrom(readDefinition(text, { name: pipeline.name }), fromStep), definition: text } }),
  };
}
