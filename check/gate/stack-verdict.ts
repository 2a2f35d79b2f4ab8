import { ExitError, exitCode } from "../../exit-code.ts";
import type { GateOutputs, StackOutputs } from "../../stack-outputs.ts";
import type { Baselines } from "./baseline.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Thresholds } from "./thresholds.ts";
import { judge, type Verdict, type VerdictName } from "./verdict.ts";

/** The part of a stack that says how its check judges. */
export interface StackRules {
  readonly gate: Pick<GateOutputs, "metric" | "direction">;
  readonly inconclusive: StackOutputs["inconclusive"];
  readonly thresholds: Thresholds;
}

/** Returns the exit code of a verdict. The stack's policy decides about an inconclusive one. */
export function verdictExitCode(name: VerdictName, inconclusive: StackOutputs["inconclusive"]): number {
  if (name === "regression" || (name === "inconclusive" && inconclusive === "fail")) return exitCode.regression;
  return exitCode.pass;
}

/** The consequence of an inconclusive verdict, in a sentence. */
const policySentences = {
  fail: "The stack's policy for inconclusive verdicts (fail) makes the check fail; a person decides on the model.",
  warn: "The stack's policy for inconclusive verdicts (warn) lets the check pass; a person decides on the model.",
};

/** Judges an evaluation by a stack's rules, and adds the sentences for the report. */
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
 * Returns the error for a model that the pipeline rejected although the check would accept it.
 *
 * @param reason why the check would accept it
 * @param started the ceiling that the execution was started with, if it is known
 */
export function refusedAnyway(
  reason: string,
  { ceilingStep }: Pick<GateOutputs, "ceilingStep">,
  ceiling: number,
  started: number | undefined,
): ExitError {
  const isOther = started !== undefined && started !== ceiling;
  const by = isOther ? ` because of the ceiling ${started} that it was started with` : "";
  const here = isOther ? `its evaluation is good enough for the ceiling ${ceiling}` : "its evaluation is good enough";
  return new ExitError(
    exitCode.evaluation,
    `The pipeline rejected the model in ${ceilingStep}${by} and registered none, but ${here}: ${reason}`,
  );
}
