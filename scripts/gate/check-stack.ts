import type { DeployedPipeline, StackOutputs } from "../../stack-outputs.ts";
import { ExitError, exitCode } from "../command/exit-code.ts";
import { beginRun } from "../execution/begin-run.ts";
import type { EndedExecution } from "../execution/follow-execution.ts";
import type { KnownExecution } from "../execution/known-executions.ts";
import { type PreparedRun, prepareRun, type RunOptions } from "../execution/prepare-run.ts";
import { failureText, followRun } from "../execution/run-execution.ts";
import { provenanceOf } from "../provenance/provenance.ts";
import type { Report } from "../report/report.ts";
import { type Baseline, findBaseline } from "./baseline.ts";
import { notedBaseline } from "./compared-models.ts";
import { type Evaluation, parseEvaluation } from "./evaluation.ts";
import { decideOnPackage, registeredPackage } from "./model-package.ts";
import { readEvaluation } from "./read-evaluation.ts";
import { judge, type Verdict } from "./verdict.ts";

export interface CheckOptions extends Omit<RunOptions, "purpose"> {
  readonly outputs: StackOutputs;
  readonly pipeline: DeployedPipeline;
  /** Told the verdict, once there is one. */
  readonly onVerdict?: (name: Verdict["name"]) => void;
}

function ceilingOf({ gate }: DeployedPipeline, parameters: CheckOptions["parameters"]): number {
  const given = parameters[gate.ceilingParameter];
  const ceiling = given === undefined ? gate.ceiling : Number(given);
  if (Number.isFinite(ceiling) && given?.trim() !== "") return ceiling;
  throw new ExitError(exitCode.usage, `--parameter ${gate.ceilingParameter} takes a number, not "${given}".`);
}

function verdictExitCode({ name }: Verdict, inconclusive: StackOutputs["inconclusive"]): number {
  if (name === "regression" || (name === "inconclusive" && inconclusive === "fail")) return exitCode.regression;
  return exitCode.pass;
}

/** Whether the execution ended where the pipeline itself refuses a model: in the gate's own Fail step, and only there. */
function endedAtCeiling(execution: EndedExecution, { gate }: DeployedPipeline): boolean {
  const failed = execution.steps.filter(({ StepStatus }) => StepStatus === "Failed");
  return (
    execution.status === "Failed" && failed.length > 0 && failed.every(({ StepName }) => StepName === gate.ceilingStep)
  );
}

function executionPart(execution: EndedExecution): NonNullable<Report["execution"]> {
  return {
    arn: execution.arn,
    status: execution.status,
    steps: execution.steps.map(({ StepName = "", StepStatus = "", CacheHitResult }) => ({
      name: StepName,
      status: StepStatus,
      cached: CacheHitResult !== undefined,
    })),
  };
}

function comparisonPart(evaluation: Evaluation, baseline: Baseline | undefined, verdict: Verdict): Partial<Report> {
  if (evaluation.baseline === undefined || baseline === undefined) return {};
  const { value, difference } = evaluation.baseline;
  return {
    baseline: { value, modelPackageArn: baseline.modelPackageArn },
    ...(verdict.margin === undefined ? {} : { comparison: { ...difference, margin: verdict.margin } }),
  };
}

/** The baseline: that of the execution, where there is one that says it; else the one that is given, or the latest approved model. */
function baselineOf({ clients, pipeline, baseline }: CheckOptions, { chosen }: PreparedRun) {
  const note = chosen.kind === "start" ? undefined : chosen.execution.note;
  // Nobody chose a baseline for what was started otherwise: its evaluation has to be one against the approved model.
  if (note?.purpose === "check-stack") return notedBaseline(clients, pipeline.gate, note);
  if (baseline === undefined) return findBaseline(clients.sagemaker, pipeline.modelPackageGroup);
  const models = baseline === "none" ? {} : { [pipeline.gate.baselineParameter]: baseline };
  return notedBaseline(clients, pipeline.gate, { models });
}

/** What the execution really compares with: another check of the same identity may have started it just now, with another baseline. */
function comparedBaseline({ clients, pipeline }: CheckOptions, { note }: KnownExecution, found: Baseline | undefined) {
  const noted = note?.models?.[pipeline.gate.baselineParameter];
  if (note?.purpose !== "check-stack" || noted === found?.modelPackageArn) return found;
  return notedBaseline(clients, pipeline.gate, note);
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
  const ceiling = ceilingOf(pipeline, parameters);
  // The ceiling too, so that the pipeline refuses by the same number as this check.
  const given = { ...parameters, [gate.ceilingParameter]: String(ceiling) };
  const run = await prepareRun({ ...options, purpose: "check-stack", parameters: given });
  const found = await baselineOf(options, run);
  print(found === undefined ? "No approved model yet." : `Baseline ${found.modelPackageArn}`);

  const begun = await beginRun(run, {
    parameters: found === undefined ? {} : { [gate.baselineParameter]: found.modelUrl },
    models: found === undefined ? {} : { [gate.baselineParameter]: found.modelPackageArn },
    own: [gate.baselineParameter],
  });
  const baseline = await comparedBaseline(options, begun, found);
  const execution = await followRun(run, begun);
  const refused = endedAtCeiling(execution, pipeline);
  if (execution.status !== "Succeeded" && !refused)
    throw new ExitError(exitCode.executionFailed, await failureText(clients, execution));

  const { uri, text } = await readEvaluation(clients, execution, gate);
  const evaluation = parseEvaluation(text, baseline?.modelUrl);
  const verdict = judge(evaluation, { metric: gate.metric, ceiling, tolerance: gate.tolerance });
  if (refused && verdict.name !== "regression")
    throw new ExitError(
      exitCode.evaluation,
      `The pipeline refused the model in ${gate.ceilingStep}, but its evaluation is good: ${verdict.reasons[0]}`,
    );
  options.onVerdict?.(verdict.name);
  const modelPackageArn = registeredPackage(execution, gate.registerStep);
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
  return {
    version: 1,
    verdict: verdict.name,
    exitCode: verdictExitCode(verdict, outputs.inconclusive),
    reasons: verdict.reasons,
    pipeline: pipeline.name,
    metric: gate.metric,
    ceiling,
    candidate: {
      value: evaluation.candidate.value,
      ...(modelPackageArn === undefined ? {} : { modelPackageArn }),
      ...(action === undefined ? {} : { action }),
    },
    ...comparisonPart(evaluation, baseline, verdict),
    test: evaluation.test,
    evaluation: uri,
    execution: executionPart(execution),
  };
}
