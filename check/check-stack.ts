import { notLongAfterAbort } from "../aws/clock.ts";
import { isOfCredentials } from "../aws/error.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { beginExecution, confirmExecution } from "./execution/begin-execution.ts";
import type { KnownExecution } from "./execution/known-executions.ts";
import { type PreparedExecution, prepareExecution } from "./execution/prepare-execution.ts";
import { provenanceOf } from "./execution/provenance.ts";
import { watchExecution } from "./execution/watch-execution.ts";
import type { Baselines } from "./gate/baseline.ts";
import type { CheckOptions } from "./gate/check-options.ts";
import { checkParameters } from "./gate/check-parameters.ts";
import { comparedModels, modelsFor, startValues } from "./gate/compared-models.ts";
import { judgeExecution } from "./gate/judge-execution.ts";
import { decideOnPackage } from "./gate/model-package.ts";
import { withStanding } from "./gate/standing-execution.ts";
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
 * @throws ExitError (2) also if `--from-step` skips the step that writes the evaluation; otherwise as {@link prepareExecution}
 */
async function prepareCheck(options: CheckOptions): Promise<PreparedExecution> {
  const { gate } = options.pipeline;
  const parameters = checkParameters(options);
  const prepared = await withStanding(
    options,
    await prepareExecution({ ...options, purpose: "check-stack", parameters }),
  );
  const { step } = gate.evaluation;
  if (prepared.selected?.steps.includes(step) === false)
    throw new ExitError(
      exitCode.usage,
      `--from-step ${prepared.selected.steps[0]}: ${step} writes the evaluation, but is not among the selected steps: give that step or one before it.`,
    );
  return prepared;
}

/** Reads the values that a chosen execution was started with, and the models to compare with. */
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

/** The result of a check: its report, and the data for the execution's note. */
export interface CheckEnd extends Omit<NotedEnd, "exitCode"> {
  readonly report: Report;
}

/**
 * Executes the pipeline with the approved model as its baseline, or follows an existing execution. Judges the candidate, and
 * approves or rejects the registered model. Converts an expected error to a report without a verdict.
 *
 * @param pending gets the execution as soon as it is known, for the report of an interrupted check
 */
export async function judgeCandidate(options: CheckOptions, pending: PendingReport): Promise<CheckEnd> {
  const { clients, outputs, pipeline } = options;
  const { gate } = pipeline;
  let execution: KnownExecution | undefined;
  pending.know({ pipeline: pipeline.name });
  try {
    const own = thresholds(gate, options.parameters, options.thresholds);
    const prepared = await prepareCheck(options);
    const { watch, chosen } = prepared;
    if (chosen.kind === "attach") {
      // The execution is set before its models are read, so that an error while reading them is also noted on it.
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
    const report = pending.failure(error.code, error.message.split("\n"));
    // A check with other credentials can take the running execution over.
    const isLeft = execution !== undefined && isOfCredentials(error);
    return { report: isLeft ? { ...report, cause: "credentials-expired" } : report, execution };
  }
}

/** The end of a check, for the command that ran it. */
export interface CheckOutcome {
  readonly exitCode: number;
  /** Whether the check ended before its execution did, so that another check can follow it: at the deadline, or without valid credentials. */
  readonly isUnfinished: boolean;
}

/**
 * Runs the stack check: judges the candidate, writes the report, and then notes the verdict on the execution. If this process
 * is killed before the note, the next check of the same identity follows the same execution.
 */
export async function checkStack(options: CheckOptions, pending: PendingReport): Promise<CheckOutcome> {
  const { report, ...end } = await judgeCandidate(options, pending);
  await publishReport(report, options, pending);
  await noteEnd(options.clients, { ...end, exitCode: report.exitCode }, options.print);
  return {
    exitCode: report.exitCode,
    isUnfinished: report.exitCode === exitCode.deadline || report.cause !== undefined,
  };
}
