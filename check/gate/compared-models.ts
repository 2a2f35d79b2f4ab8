import type { AwsClients } from "../../aws/clients.ts";
import { aws } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { defined } from "../../service-model/defined.ts";
import type { PipelineOutputs } from "../../stack-outputs.ts";
import { noBaseline } from "../execution/baseline-option.ts";
import type { StartValues } from "../execution/begin-execution.ts";
import type { ExecutionNote } from "../execution/execution-note.ts";
import type { KnownExecution } from "../execution/known-executions.ts";
import { listSteps, registeredPackages } from "../execution/list-steps.ts";
import type { PreparedExecution } from "../execution/prepare-execution.ts";
import { type ApprovedModel, approvedModel } from "./approved-model.ts";
import { type Baselines, findBaselines } from "./baseline.ts";
import type { CheckOptions } from "./check-options.ts";
import type { StartedWith } from "./started-with.ts";
import { limitName } from "./verdict.ts";

/**
 * The models that an execution compares with, by what the check that started it has noted: a model that was approved since,
 * such as this execution's own, changes nothing about what it compared.
 *
 * @throws ExitError (5) if one of them is broken or gone, (6) if AWS cannot be asked
 */
export async function notedModels(
  clients: AwsClients,
  gate: PipelineOutputs["gate"],
  { models = {} }: Pick<ExecutionNote, "models">,
): Promise<Baselines> {
  const noted = async (parameter: string) => {
    const arn = models[parameter];
    if (arn === undefined) return undefined;
    return approvedModel(clients, arn, gate).catch((error: unknown) => {
      if (!(error instanceof ExitError) || error.code !== exitCode.usage) throw error;
      const gone = `The model ${arn} that the execution compares with is gone: run again, for an execution with another one.`;
      throw new ExitError(exitCode.evaluation, gone, { cause: error });
    });
  };
  const [baseline, best] = await Promise.all([noted(gate.baselineParameter), noted(gate.bestParameter)]);
  return {
    ...defined({ baseline, best }),
    notes:
      baseline === undefined
        ? [`It was started without a model to compare with, so the ${limitName(gate.direction)} alone decided.`]
        : [],
  };
}

/** The models, each with the pipeline parameter that has its URI. */
export function modelParameters(
  gate: PipelineOutputs["gate"],
  { baseline, best }: Baselines,
): readonly (readonly [parameter: string, model: ApprovedModel])[] {
  return [
    ...(baseline === undefined ? [] : ([[gate.baselineParameter, baseline]] as const)),
    ...(best === undefined ? [] : ([[gate.bestParameter, best]] as const)),
  ];
}

/** Returns what a new execution is given to compare with these models. */
export function startValues(gate: PipelineOutputs["gate"], models: Baselines): StartValues {
  const named = modelParameters(gate, models);
  return {
    parameters: Object.fromEntries(named.map(([name, { modelUrl }]) => [name, modelUrl])),
    models: Object.fromEntries(named.map(([name, { modelPackageArn }]) => [name, modelPackageArn])),
    own: [gate.baselineParameter, gate.bestParameter],
  };
}

/** What an execution that no check started would have to be, to be judged as one that a check did. */
function otherwise(execution: string, problem: string): ExitError {
  return new ExitError(
    exitCode.usage,
    `${execution} ${problem}: run a check of its own, without --execution and --no-start, or let the ceiling alone decide with --baseline ${noBaseline}.`,
  );
}

/**
 * The models that an execution compared with, which no check started: nobody chose them, so they have to be those that a check
 * would have chosen. A model that it registered itself is none of them.
 *
 * @throws ExitError (2) if it compared with others, or with none although there is one
 */
async function modelsOfOther({ clients, pipeline, baseline }: CheckOptions, { execution, parameters }: StartedWith) {
  const { gate } = pipeline;
  const { arn } = execution;
  const steps = await aws(`Listing the steps of ${arn}`, () => listSteps(clients.sagemaker, arn));
  const models = await findBaselines(clients, pipeline, baseline, registeredPackages(steps));
  for (const [parameter, { modelPackageArn, modelUrl }] of modelParameters(gate, models)) {
    const value = parameters[parameter];
    // Its default, which names no model, stands where the parameter was not given.
    if (value?.startsWith("s3://") !== true)
      throw otherwise(
        arn,
        `was started without ${parameter}, a model to compare with, and ${modelPackageArn} is approved`,
      );
    if (value !== modelUrl)
      throw otherwise(arn, `was started with ${parameter} ${value}, and a check compares with ${modelPackageArn}`);
  }
  return models;
}

/**
 * The models to compare with: those of the execution, where there is one that says them; else what is given, or approved.
 *
 * @param started what the execution was started with, where somebody chose one that is there
 * @throws ExitError (2) if the execution has its own models and others are given, or others than a check would compare with; else as
 *   {@link findBaselines} and {@link notedModels}
 */
export async function modelsFor(
  options: CheckOptions,
  { chosen }: PreparedExecution,
  started: StartedWith | undefined,
): Promise<Baselines> {
  const { clients, pipeline, baseline } = options;
  if (chosen.kind === "start") return findBaselines(clients, pipeline, baseline);
  const { arn, note } = chosen.execution;
  if (note?.purpose !== "check-stack")
    return started === undefined ? findBaselines(clients, pipeline, baseline) : modelsOfOther(options, started);
  if (started !== undefined && baseline !== undefined)
    throw new ExitError(
      exitCode.usage,
      `--baseline ${baseline}: a check has started ${arn}, which has its baseline: leave out --baseline, or start a new one.`,
    );
  return notedModels(clients, pipeline.gate, note);
}

/** What the execution really compares with: another check of the same identity may have started it just now, with other models. */
export async function comparedModels(
  { clients, pipeline }: CheckOptions,
  { note }: KnownExecution,
  chosen: Baselines,
): Promise<Baselines> {
  const { gate } = pipeline;
  const named = modelParameters(gate, chosen);
  const { models = {} } = note ?? {};
  const isSame =
    named.length === Object.keys(models).length &&
    named.every(([name, { modelPackageArn }]) => models[name] === modelPackageArn);
  return note?.purpose !== "check-stack" || isSame ? chosen : notedModels(clients, gate, note);
}
