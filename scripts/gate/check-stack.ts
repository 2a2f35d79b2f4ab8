import type { DeployedPipeline, StackOutputs } from "../../stack-outputs.ts";
import { notLongAfterAbort } from "../aws/clock.ts";
import { ExitError, exitCode } from "../command/exit-code.ts";
import { beginRun } from "../execution/begin-run.ts";
import type { KnownExecution } from "../execution/known-executions.ts";
import { type PreparedRun, prepareRun, type RunOptions } from "../execution/prepare-run.ts";
import { failureText, followRun } from "../execution/run-execution.ts";
import { provenanceOf } from "../provenance/provenance.ts";
import type { Report } from "../report/report.ts";
import { type Baselines, findBaselines } from "./baseline.ts";
import { notedModels } from "./compared-models.ts";
import { endedAtCeiling, evaluationProblem } from "./ended-execution.ts";
import { parseEvaluation } from "./evaluation.ts";
import { decideOnPackage, registeredPackage } from "./model-package.ts";
import { readEvaluation } from "./read-evaluation.ts";
import { comparisonPart, executionPart } from "./report-parts.ts";
import { type ThresholdFlags, thresholds } from "./thresholds.ts";
import { judge, type Verdict } from "./verdict.ts";

export interface CheckOptions extends Omit<RunOptions, "purpose"> {
  readonly outputs: StackOutputs;
  readonly pipeline: DeployedPipeline;
  /** The ARN of the model package to compare with in place of the latest approved one; `none` for no comparison. */
  readonly baseline?: string | undefined;
  /** Thresholds in place of the deployed ones, as text. */
  readonly thresholds?: ThresholdFlags | undefined;
  /** Told the verdict, once there is one. */
  readonly onVerdict?: (name: Verdict["name"]) => void;
}

function verdictExitCode({ name }: Verdict, inconclusive: StackOutputs["inconclusive"]): number {
  if (name === "regression" || (name === "inconclusive" && inconclusive === "fail")) return exitCode.regression;
  return exitCode.pass;
}

/** The models to compare with: those of the execution, where there is one that says them; else what is given, or approved. */
function modelsFor({ clients, pipeline, baseline }: CheckOptions, { chosen }: PreparedRun): Promise<Baselines> {
  const note = chosen.kind === "start" ? undefined : chosen.execution.note;
  // Nobody chose a baseline for what was started otherwise: its evaluation has to be one against the approved model.
  if (note?.purpose === "check-stack") return notedModels(clients, pipeline.gate, note);
  return findBaselines(clients, pipeline, baseline);
}

/** The models, each with the pipeline parameter that has its URI. */
function modelParameters(gate: DeployedPipeline["gate"], { baseline, best }: Baselines) {
  return [
    ...(baseline === undefined ? [] : ([[gate.baselineParameter, baseline]] as const)),
    ...(best === undefined ? [] : ([[gate.bestParameter, best]] as const)),
  ];
}

/** What the execution really compares with: another check of the same identity may have started it just now, with other models. */
function comparedModels({ clients, pipeline }: CheckOptions, { note }: KnownExecution, found: Baselines) {
  const { gate } = pipeline;
  const named = modelParameters(gate, found);
  const { models = {} } = note ?? {};
  const isSame =
    named.length === Object.keys(models).length &&
    named.every(([name, { modelPackageArn }]) => models[name] === modelPackageArn);
  return note?.purpose !== "check-stack" || isSame ? found : notedModels(clients, gate, note);
}

/**
 * The stack check: runs the deployed pipeline with the approved model as its baseline, reads the evaluation, judges,
 * and does with the registered model what the verdict asks for.
 *
 * @throws ExitError with the exit codes 2 to 6; a regression is no error but a report
 */
export async function checkStack(options: CheckOptions): Promise<Report> {
  const { clients, outputs, pipeline, parameters, print } = options;
  const { gate } = pipeline;
  const limits = thresholds(gate, parameters, options.thresholds);
  const ceiling = limits.ceiling.value;
  // The ceiling too, so that the pipeline refuses by the same number as this check.
  const given = { ...parameters, [gate.ceilingParameter]: String(ceiling) };
  const run = await prepareRun({ ...options, purpose: "check-stack", parameters: given });
  // It is this check's also where its models cannot be read any more.
  if (run.chosen.kind === "attach") options.onExecution?.(run.chosen.execution);
  const found = await notLongAfterAbort(run.watch, 0, modelsFor(options, run));
  print(found.baseline === undefined ? "No model to compare with." : `Baseline ${found.baseline.modelPackageArn}`);
  if (found.best !== undefined) print(`Best approved ${found.best.modelPackageArn}`);

  const named = modelParameters(gate, found);
  const begun = await beginRun(run, {
    parameters: Object.fromEntries(named.map(([name, { modelUrl }]) => [name, modelUrl])),
    models: Object.fromEntries(named.map(([name, { modelPackageArn }]) => [name, modelPackageArn])),
    own: [gate.baselineParameter, gate.bestParameter],
  });
  const execution = await followRun(run, begun);
  const models = await comparedModels(options, begun, found);
  const refused = endedAtCeiling(execution, gate);
  if (execution.status !== "Succeeded" && !refused)
    throw (
      (await evaluationProblem(clients, execution, gate, models)) ??
      new ExitError(exitCode.executionFailed, await failureText(clients, execution))
    );

  const { uri, text } = await readEvaluation(clients, execution, gate);
  const evaluation = parseEvaluation(text, gate, models);
  const tolerance = { relative: limits.relativeTolerance.value, absolute: limits.absoluteTolerance.value };
  const judged = judge(evaluation, { metric: gate.metric, direction: gate.direction, ceiling, tolerance });
  const verdict = { ...judged, reasons: [...judged.reasons, ...models.notes] };
  if (refused && verdict.name !== "regression")
    throw new ExitError(
      exitCode.evaluation,
      `The pipeline refused the model in ${gate.ceilingStep}, but its evaluation is good: ${verdict.reasons[0]}`,
    );
  const modelPackageArn = registeredPackage(execution, gate.registerStep);
  if (modelPackageArn === undefined && !refused)
    throw new ExitError(
      exitCode.usage,
      `The execution succeeded, but its step ${gate.registerStep} registered no model: run pulumi up, so that the stack's outputs are those of its pipeline.`,
    );
  const action =
    modelPackageArn === undefined
      ? undefined
      : await decideOnPackage({
          sagemaker: clients.sagemaker,
          modelPackageArn,
          verdict,
          approveModels: outputs.approveModels,
          provenance: await provenanceOf(clients.sagemaker, execution.arn, begun.note, verdict.name),
          settled: begun.note?.verdict,
        });
  // Not before it is acted on: where that fails, another run of the same check does it.
  options.onVerdict?.(verdict.name);
  return {
    version: 1,
    verdict: verdict.name,
    exitCode: verdictExitCode(verdict, outputs.inconclusive),
    reasons: verdict.reasons,
    pipeline: pipeline.name,
    metric: gate.metric,
    ceiling,
    thresholds: limits,
    candidate: {
      value: evaluation.candidate.value,
      ...(modelPackageArn === undefined ? {} : { modelPackageArn }),
      ...(action === undefined ? {} : { action }),
    },
    ...comparisonPart(evaluation, models, verdict),
    test: evaluation.test,
    evaluation: uri,
    execution: executionPart(execution),
  };
}
