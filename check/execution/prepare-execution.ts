import { DescribePipelineCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "../../aws/clients.ts";
import { notLongAfterAbort } from "../../aws/clock.ts";
import { aws } from "../../aws/error.ts";
import { readDefinition } from "../../language/read/read-definition.ts";
import type { BaselineOption } from "./baseline-option.ts";
import { type Chosen, chooseAmong } from "./choose-execution.ts";
import type { CommandOrigin } from "./command-origin.ts";
import { definitionDigest } from "./definition-digest.ts";
import type { ExecutionChoice } from "./execution-choice.ts";
import { identityDigest, type Purpose } from "./identity.ts";
import { describeExecution, type KnownExecution, latestExecutions, requirePipeline } from "./known-executions.ts";
import { pollTimes } from "./poll-times.ts";
import { type SelectedSteps, stepsFrom } from "./selected-steps.ts";
import type { Watch } from "./watch.ts";
import { driftLine, type TreeFolder } from "./working-tree.ts";

export interface ExecutionOptions {
  readonly clients: AwsClients;
  readonly purpose: Purpose;
  readonly pipeline: { readonly name: string; readonly arn: string };
  /** The pipeline parameters that the user gives. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly choice: ExecutionChoice;
  /** The value of `--baseline`, if the user gives one. */
  readonly baseline?: BaselineOption | undefined;
  readonly origin: CommandOrigin;
  /** How long to wait for the execution's end, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  /** The folder to compare with the deployed definition, unless it was deployed just now. */
  readonly tree?: TreeFolder | undefined;
}

/** A command that has chosen its execution, or decided to start one. */
export interface PreparedExecution {
  readonly options: ExecutionOptions;
  readonly watch: Watch;
  readonly digest: string;
  /** The pipeline's executions, newest first. */
  readonly latest: readonly KnownExecution[];
  readonly chosen: Chosen;
  /** The deployed definition, and the digest of the identity without its origin. Absent if the user chose an execution. */
  readonly deployed?: { readonly definition: string; readonly inputs: string };
  /** The steps to execute, if not all, and the definition that contains them. */
  readonly selected?: SelectedSteps & { readonly definition: string };
}

async function deployedDefinition(
  sagemaker: SageMakerClient,
  { name, arn }: ExecutionOptions["pipeline"],
): Promise<string> {
  const described = await aws(`Reading ${name} (sagemaker:DescribePipeline)`, () =>
    sagemaker.send(new DescribePipelineCommand({ PipelineName: name })),
  );
  requirePipeline(described.PipelineArn ?? "", arn);
  return described.PipelineDefinition ?? "";
}

/**
 * Chooses the existing execution of a command, or decides to start one.
 *
 * @throws ExitError (2) if the options match no execution or step, or the pipeline belongs to another account or region, (6)
 *   if an AWS call fails; the reason of the signal when it is aborted
 */
export async function prepareExecution(options: ExecutionOptions): Promise<PreparedExecution> {
  const { clients, signal } = options;
  return notLongAfterAbort({ clock: clients.clock, signal }, 0, preparedExecution(options));
}

async function preparedExecution(options: ExecutionOptions): Promise<PreparedExecution> {
  const { clients, pipeline, choice, origin, purpose, parameters, baseline } = options;
  const { sagemaker, clock, isLocal } = clients;
  const watch: Watch = {
    ...{ sagemaker, clock, signal: options.signal, onWarning: options.print },
    ...{ deadline: clock.now() + options.timeout, times: pollTimes(isLocal) },
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
  const definition = definitionDigest(text);
  const drift = options.tree && (await driftLine(options.tree, definition));
  if (drift !== undefined) options.print(drift);
  const inputs = { purpose, pipelineArn: pipeline.arn, parameters, baseline, fromStep, definition };
  const digest = identityDigest({ ...inputs, origin });
  return {
    ...{ options, watch, digest, latest },
    deployed: { definition: text, inputs: identityDigest(inputs) },
    chosen: chooseAmong(choice, latest, digest, origin.ciRun),
    ...(fromStep === undefined
      ? {}
      : { selected: { ...stepsFrom(readDefinition(text, { name: pipeline.name }), fromStep), definition: text } }),
  };
}
