import type { AwsClients } from "../../aws/clients.ts";
import { aws } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { defined } from "../../service-model/defined.ts";
import type { GateOutputs } from "../../stack-outputs.ts";
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
 * Reads the models that an execution compares with from the note of the check that started it. Models that were approved later,
 * such as the execution's own, do not change this.
 *
 * @throws ExitError (5) if one of them is unreadable or gone, (6) if an AWS call fails
 */
export async function notedModels(
  clients: AwsClients,
  gate: GateOutputs,
  { models = {} }: Pick<ExecutionNote, "models">,
): Promise<Baselines> {
  const noted = async (parameter: string) => {
    const arn = models[parameter];
    if (arn === undefined) return undefined;
    return approvedModel(clients, arn, gate).catch((error: unknown) => {
      if (!(error instanceof ExitError) || error.code !== exitCode.usage) throw error;
      const gone = `The model ${arn} that the execution compares with is gone: run the check again to start an execution with another baseline.`;
      throw new ExitError(exitCode.evaluation, gone, { cause: error });
    });
  };
  const [baseline, best] = await Promise.all([noted(gate.baselineParameter), noted(gate.bestParameter)]);
  return {
    ...defined({ baseline, best }),
    notes:
      baseline === undefined
        ? [
            `The execution was started without a model to compare with, so only the ${limitName(gate.direction)} decided.`,
          ]
        : [],
  };
}

/** Returns the models, each with the pipeline parameter that contains its URI. */
export function modelParameters(
  gate: GateOutputs,
  { baseline, best }: Baselines,
): readonly (readonly [parameter: string, model: ApprovedModel])[] {
  return [
    ...(baseline === undefined ? [] : ([[gate.baselineParameter, baseline]] as const)),
    ...(best === undefined ? [] : ([[gate.bestParameter, best]] as const)),
  ];
}

/** Returns the values that a new execution needs to compare with these models. */
export function startValues(gate: GateOutputs, models: Baselines): StartValues {
  const named = modelParameters(gate, models);
  return {
    parameters: Object.fromEntries(named.map(([name, { modelUrl }]) => [name, modelUrl])),
    models: Object.fromEntries(named.map(([name, { modelPackageArn }]) => [name, modelPackageArn])),
    own: [gate.baselineParameter, gate.bestParameter],
  };
}

/** Returns the error for an execution that cannot be judged, because its models are not those that a check would use. */
function otherwise(execution: string, problem: string): ExitError {
  return new ExitError(
    exitCode.usage,
    `${execution} ${problem}: start a new execution with a check without --execution and --no-start, or let only the ceiling decide with --baseline ${noBaseline}.`,
  );
}

/**
 * Finds the models that an execution compared with if no check started it. They must be the models that a check would choose,
 * not counting those that the execution registered itself.
 *
 * @throws ExitError (2) if it compared with other models, or with none although an approved one exists
 */
async function modelsOfOther({ clients, pipeline, baseline }: CheckOptions, { execution, parameters }: StartedWith) {
  const { gate } = pipeline;
  const { arn } = execution;
  const steps = await aws(`Listing the steps of ${arn}`, () => listSteps(clients.sagemaker, arn));
  const models = await findBaselines(clients, pipeline, baseline, registeredPackages(steps));
  for (const [parameter, { modelPackageArn, modelUrl }] of modelParameters(gate, models)) {
    const value = parameters[parameter];
    // If the parameter was not given, its value is a default that is not the URI of a model.
    if (value?.startsWith("s3://") !== true)
      throw otherwise(
        arn,
        `was started without a model to compare with (${parameter}), although ${modelPackageArn} is approved`,
      );
    if (value !== modelUrl)
      throw otherwise(arn, `was started with ${parameter} ${value}, but a check compares with ${modelPackageArn}`);
  }
  return models;
}

/**
 * Returns the models to compare with: those that the execution's note names, otherwise the given or the approved ones.
 *
 * @param started the values that a chosen execution was started with
 * @throws ExitError (2) if `--baseline` contradicts the execution's note, or the execution compared with other models than a
 *   check would; otherwise as {@link findBaselines} and {@link notedModels}
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
      `--baseline ${baseline}: the check that started ${arn} has fixed its baseline: leave out --baseline, or start a new execution.`,
    );
  return notedModels(clients, pipeline.gate, note);
}

/** Returns the models that the execution really compares with. Another check may have just started it with other models. */
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
