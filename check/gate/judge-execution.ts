import { ExitError, exitCode } from "../../exit-code.ts";
import { defined } from "../../service-model/defined.ts";
import { failureText } from "../execution/failure-text.ts";
import type { EndedExecution } from "../execution/follow-execution.ts";
import type { Baselines } from "./baseline.ts";
import type { CheckOptions } from "./check-options.ts";
import { endedAtCeiling, evaluationProblem } from "./ended-execution.ts";
import { type Evaluation, parseEvaluation } from "./evaluation.ts";
import { registeredPackage } from "./model-package.ts";
import { readEvaluation } from "./read-evaluation.ts";
import { refusedAnyway, stackVerdict } from "./stack-verdict.ts";
import type { Thresholds } from "./thresholds.ts";
import type { Verdict } from "./verdict.ts";

/** The judgement of a candidate. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly evaluation: Evaluation;
  /** The S3 URI of the evaluation. */
  readonly evaluationUri: string;
  /** The registered model; absent if the pipeline itself rejected it. */
  readonly modelPackageArn?: string;
}

/**
 * Reads the evaluation of an ended execution, and judges the candidate.
 *
 * @param models the models that the execution compared with
 * @param startedCeiling the ceiling that the execution was started with, if it is known
 * @throws ExitError (3) if the execution ended before its evaluation, (5) if the evaluation cannot be used, (2) if a model that
 *   passes was not registered, (6) if an AWS call fails
 */
export async function judgeExecution(
  { clients, outputs, pipeline: { gate } }: CheckOptions,
  execution: EndedExecution,
  models: Baselines,
  thresholds: Thresholds,
  startedCeiling: number | undefined,
): Promise<Judgement> {
  const refused = endedAtCeiling(execution, gate);
  if (execution.status !== "Succeeded" && !refused)
    throw (
      (await evaluationProblem(clients, execution, gate, models)) ??
      new ExitError(exitCode.executionFailed, await failureText(clients, execution))
    );
  const { uri, text } = await readEvaluation(clients, execution, gate);
  const evaluation = parseEvaluation(text, gate, models);
  const rules = { gate, thresholds, inconclusive: outputs.inconclusive };
  const verdict = stackVerdict(evaluation, rules, { ...models, notes: [...models.notes, ...evaluation.notes] });
  if (refused && verdict.name !== "regression")
    throw refusedAnyway(verdict.reasons[0] ?? "", gate, thresholds.ceiling.value, startedCeiling);
  const modelPackageArn = registeredPackage(execution, gate.registerStep);
  if (modelPackageArn === undefined && !refused)
    throw new ExitError(
      exitCode.usage,
      `The execution succeeded, but its step ${gate.registerStep} registered no model: run pulumi up, so that the stack's outputs match its pipeline.`,
    );
  return {
    ...{ verdict, evaluation, evaluationUri: uri },
    ...defined({ modelPackageArn }),
  };
}
