import { notLongAfterAbort } from "../aws/clock.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { beginRun } from "./execution/begin-run.ts";
import { type PreparedRun, prepareRun } from "./execution/prepare-run.ts";
import { provenanceOf } from "./execution/provenance.ts";
import { failureText, followRun } from "./execution/run-execution.ts";
import type { CheckOptions } from "./gate/check-options.ts";
import { comparedModels, modelParameters, modelsFor } from "./gate/compared-models.ts";
import { endedAtCeiling, evaluationProblem } from "./gate/ended-execution.ts";
import { parseEvaluation } from "./gate/evaluation.ts";
import { decideOnPackage, registeredPackage } from "./gate/model-package.ts";
import { readEvaluation } from "./gate/read-evaluation.ts";
import { refusedAnyway, stackVerdict, verdictExitCode } from "./gate/stack-verdict.ts";
import { startedWith } from "./gate/started-with.ts";
import { givenThresholdsOf, thresholds } from "./gate/thresholds.ts";
import type { Report } from "./report/content/report.ts";
import { comparisonPart, executionPart, provenancePart } from "./report-parts.ts";

/** What an execution that is there was started with, and the models to compare with. */
async function chosenModels(options: CheckOptions, run: PreparedRun) {
  const started = await startedWith(options.clients, options.pipeline.gate, run);
  return { started, found: await modelsFor(options, run, started) };
}

/**
 * The run of a check.
 *
 * @throws ExitError (2) also for a part of the pipeline that makes nothing to judge; else as {@link prepareRun}
 */
async function preparedCheck(options: CheckOptions, ceiling: number): Promise<PreparedRun> {
  const { gate } = options.pipeline;
  // The ceiling too, so that the pipeline refuses by the same number as this check.
  const parameters = { ...options.parameters, [gate.ceilingParameter]: String(ceiling) };
  const run = await prepareRun({ ...options, purpose: "check-stack", parameters });
  const { step } = gate.evaluation;
  if (run.selected?.steps.includes(step) === false)
    throw new ExitError(
      exitCode.usage,
      `--from-step ${run.selected.steps[0]}: ${step} is not among the steps from there on, and makes what the check judges: give that step or one before it.`,
    );
  // It is this check's also where its models cannot be read any more.
  if (run.chosen.kind === "attach") options.onExecution?.(run.chosen.execution);
  return run;
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
  const own = thresholds(gate, parameters, options.thresholds);
  const run = await preparedCheck(options, own.ceiling.value);
  const { started, found } = await notLongAfterAbort(run.watch, 0, chosenModels(options, run));
  const limits = started === undefined ? own : thresholds(gate, {}, options.thresholds, started.thresholds);
  const ceiling = limits.ceiling.value;
  print(found.baseline === undefined ? "No model to compare with." : `Baseline ${found.baseline.modelPackageArn}`);
  if (found.best !== undefined) print(`Best approved ${found.best.modelPackageArn}`);

  const named = modelParameters(gate, found);
  const begun = await beginRun(run, {
    parameters: Object.fromEntries(named.map(([name, { modelUrl }]) => [name, modelUrl])),
    models: Object.fromEntries(named.map(([name, { modelPackageArn }]) => [name, modelPackageArn])),
    own: [gate.baselineParameter, gate.bestParameter],
    ...givenThresholdsOf(own),
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
  const verdict = stackVerdict(evaluation, { gate, limits, inconclusive: outputs.inconclusive }, models);
  if (refused && verdict.name !== "regression")
    throw refusedAnyway(verdict.reasons[0] ?? "", gate, ceiling, started?.ceiling);
  const modelPackageArn = registeredPackage(execution, gate.registerStep);
  if (modelPackageArn === undefined && !refused)
    throw new ExitError(
      exitCode.usage,
      `The execution succeeded, but its step ${gate.registerStep} registered no model: run pulumi up, so that the stack's outputs are those of its pipeline.`,
    );
  const origin = { verdict: verdict.name, model: evaluation.candidate.sha256 };
  const provenance = await provenanceOf(clients.sagemaker, execution.arn, begun.note, origin);
  const action =
    modelPackageArn === undefined
      ? undefined
      : await decideOnPackage({
          ...{ clients, signal: run.watch.signal, approveModels: outputs.approveModels },
          ...{ modelPackageArn, verdict, provenance },
        });
  // Not before it is acted on: where that fails, another run of the same check does it.
  options.onVerdict?.({ verdict: verdict.name, ...givenThresholdsOf(limits) });
  return {
    version: 1,
    verdict: verdict.name,
    exitCode: verdictExitCode(verdict.name, outputs.inconclusive),
    reasons: verdict.reasons,
    pipeline: pipeline.name,
    metric: gate.metric,
    direction: gate.direction,
    loss: gate.loss,
    ceiling,
    thresholds: limits,
    inconclusive: outputs.inconclusive,
    candidate: {
      value: evaluation.candidate.value,
      ...(modelPackageArn === undefined ? {} : { modelPackageArn }),
      ...(action === undefined ? {} : { action }),
    },
    ...comparisonPart(evaluation, models, verdict),
    test: evaluation.test,
    evaluation: uri,
    provenance: provenancePart(provenance),
    execution: executionPart(execution),
  };
}
