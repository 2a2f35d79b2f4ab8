import { notLongAfterAbort } from "../aws/clock.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { beginExecution, confirmExecution } from "./execution/begin-execution.ts";
import type { KnownExecution } from "./execution/known-executions.ts";
import { type PreparedExecution, prepareExecution } from "./execution/prepare-execution.ts";
import { provenanceOf } from "./execution/provenance.ts";
import { watchExecution } from "./execution/watch-execution.ts";
import type { Baselines } from "./gate/baseline.ts";
import type { CheckOptions } from "./gate/check-options.ts";
import { comparedModels, modelsFor, startValues } from "./gate/compared-models.ts";
import { judgeExecution } from "./gate/judge-execution.ts";
import { decideOnPackage } from "./gate/model-package.ts";
import { startedWith } from "./gate/started-with.ts";
import { givenThresholdsOf, thresholds } from "./gate/thresholds.ts";
import { type NotedEnd, noteEnd } from "./note-end.ts";
import { publishReport } from "./publish-report.ts";
import type { Report } from "./report/content/report.ts";
import type { PendingReport } from "./report/reported.ts";
import { verdictReport } from "./verdict-report.ts";

/**
 * Chooses the execution of a check, or decides to start one.
 *
 * @throws ExitError (2) also for a part of the pipeline that makes nothing to judge; else as {@link prepareExecution}
 */
async function prepareCheck(options: CheckOptions, ceiling: number): Promise<PreparedExecution> {
  const { gate } = options.pipeline;
  // The ceiling too, so that the pipeline refuses by the same number as this check.
  const parameters = { ...options.parameters, [gate.ceilingParameter]: String(ceiling) };
  const prepared = await prepareExecution({ ...options, purpose: "check-stack", parameters });
  const { step } = gate.evaluation;
  if (prepared.selected?.steps.includes(step) === false)
    throw new ExitError(
      exitCode.usage,
      `--from-step ${prepared.selected.steps[0]}: ${step} is not among the steps from there on, and makes what the check judges: give that step or one before it.`,
    );
  return prepared;
}

/** Reads what a chosen execution was started with, and the models to compare with. */
async function chooseModels(options: CheckOptions, prepared: PreparedExecution) {
  const started = await startedWith(options.clients, options.pipeline.gate, prepared);
  return { started, asked: await modelsFor(options, prepared, started) };
}

function modelLines({ baseline, best }: Baselines): readonly string[] {
  return [
    baseline === undefined ? "No model to compare with." : `Baseline ${baseline.modelPackageArn}`,
    ...(best === undefined ? [] : [`Best approved ${best.modelPackageArn}`]),
  ];
}

/** The end of a check: its report, and what to note on its execution. */
export interface CheckEnd extends Omit<NotedEnd, "exitCode"> {
  readonly report: Report;
}

/**
 * Executes the pipeline with the approved model as its baseline, or takes up an execution, judges the candidate, and approves
 * or rejects the registered model. An expected error becomes a report without a verdict.
 *
 * @param pending learns the execution as soon as there is one, for the report of an interrupted check
 */
export async function judgeCandidate(options: CheckOptions, pending: PendingReport): Promise<CheckEnd> {
  const { clients, outputs, pipeline } = options;
  const { gate } = pipeline;
  let execution: KnownExecution | undefined;
  pending.know({ pipeline: pipeline.name });
  try {
    const own = thresholds(gate, options.parameters, options.thresholds);
    const prepared = await prepareCheck(options, own.ceiling.value);
    const { watch, chosen } = prepared;
    if (chosen.kind === "attach") {
      // The end is noted on it also if its models cannot be read any more.
      execution = chosen.execution;
      pending.know({ execution: { arn: execution.arn } });
    }
    const { started, asked } = await notLongAfterAbort(watch, 0, chooseModels(options, prepared));
    for (const line of modelLines(asked)) options.print(line);
    const judgedBy = started === undefined ? own : thresholds(gate, {}, options.thresholds, started.thresholds);

    const begun = await beginExecution(prepared, { ...startValues(gate, asked), ...givenThresholdsOf(own) });
    execution = begun.execution;
    pending.know({ execution: { arn: execution.arn } });
    execution = await confirmExecution(prepared, begun);
    pending.know({ execution: { arn: execution.arn } });
    const ended = await watchExecution(prepared, execution);

    const models = await comparedModels(options, execution, asked);
    const judgement = await judgeExecution(options, ended, models, judgedBy, started?.ceiling);
    const { verdict, evaluation, modelPackageArn } = judgement;
    const origin = { verdict: verdict.name, model: evaluation.candidate.sha256 };
    const provenance = await provenanceOf(clients.sagemaker, ended.arn, execution.note, origin);
    const decision = { clients, signal: watch.signal, approveModels: outputs.approveModels, verdict, provenance };
    const action = modelPackageArn === undefined ? undefined : await decideOnPackage({ ...decision, modelPackageArn });
    return {
      report: verdictReport(options, { judgement, thresholds: judgedBy, models, provenance, action, execution: ended }),
      execution,
      judged: { verdict: verdict.name, ...givenThresholdsOf(judgedBy) },
    };
  } catch (error) {
    if (!(error instanceof ExitError)) throw error;
    return { report: pending.failure(error.code, error.message.split("\n")), execution };
  }
}

/**
 * The stack check: judges the candidate, writes the report, and then notes the verdict on the execution. Until it is noted,
 * another check of the same identity takes up the same execution, also if this process is killed before.
 *
 * @returns the exit code
 */
export async function checkStack(options: CheckOptions, pending: PendingReport): Promise<number> {
  const { report, ...end } = await judgeCandidate(options, pending);
  await publishReport(report, options, pending);
  await noteEnd(options.clients, { ...end, exitCode: report.exitCode }, options.print);
  return report.exitCode;
}
