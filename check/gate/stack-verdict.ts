import { ExitError, exitCode } from "../../exit-code.ts";
import type { PipelineOutputs, StackOutputs } from "../../stack-outputs.ts";
import type { Baselines } from "./baseline.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Thresholds } from "./thresholds.ts";
import { judge, type Verdict, type VerdictName } from "./verdict.ts";

/** What of a stack says how its check judges. */
export interface StackRules {
  readonly gate: Pick<PipelineOutputs["gate"], "metric" | "direction">;
  readonly inconclusive: StackOutputs["inconclusive"];
  readonly thresholds: Thresholds;
}

/** The exit code of a verdict, by the stack's policy for what is inconclusive. */
export function verdictExitCode(name: VerdictName, inconclusive: StackOutputs["inconclusive"]): number {
  if (name === "regression" || (name === "inconclusive" && inconclusive === "fail")) return exitCode.regression;
  return exitCode.pass;
}

/** What an inconclusive verdict comes to, in a sentence. */
const policySentences = {
  fail: "By the stack's policy for what is inconclusive (fail) the check fails, and a person decides on the model.",
  warn: "By the stack's policy for what is inconclusive (warn) the check passes, and a person decides on the model.",
};

/** The verdict of a stack's check, with everything that its report has to say of it. */
export function stackVerdict(
  evaluation: Evaluation,
  { gate, inconclusive, thresholds }: StackRules,
  { baseline, notes }: Pick<Baselines, "notes"> & { readonly baseline?: { readonly status: string } },
): Verdict {
  const judged = judge(evaluation, {
    metric: gate.metric,
    direction: gate.direction,
    ceiling: thresholds.ceiling.value,
    tolerance: { relative: thresholds.relativeTolerance.value, absolute: thresholds.absoluteTolerance.value },
    unapproved: baseline?.status === "Approved" ? undefined : baseline?.status,
  });
  const policy = judged.name === "inconclusive" ? [policySentences[inconclusive]] : [];
  return { ...judged, reasons: [...judged.reasons, ...policy, ...notes] };
}

/**
 * What is wrong where the pipeline refused a model that is good enough for the check.
 *
 * @param reason why it is
 * @param started the ceiling that the execution was started with, where that is known
 */
export function refusedAnyway(
  reason: string,
  { ceilingStep }: Pick<PipelineOutputs["gate"], "ceilingStep">,
  ceiling: number,
  started: number | undefined,
): ExitError {
  const isOther = started !== undefined && started !== ceiling;
  const by = isOther ? ` by the ceiling ${started} that it was started with` : "";
  const here = isOther ? `by the ceiling ${ceiling} its evaluation is good` : "its evaluation is good";
  return new ExitError(
    exitCode.evaluation,
    `The pipeline refused the model in ${ceilingStep}${by}, and so registered none, but ${here}: ${reason}`,
  );
}
