import { defined } from "../../service-model/defined.ts";
import type { GateOutputs } from "../../stack-outputs.ts";
import { judge } from "../gate/verdict.ts";
import type { PipelineModelChange, ReportSummary } from "./model-change.ts";

/**
 * Judges the head's model again by the thresholds of the base's gate, so that a change of a threshold cannot hide what it does.
 * Returns undefined if the head has no judged model.
 *
 * @param base the check of the base's model, if it was trained
 */
export function verdictByBase(
  head: ReportSummary,
  base: ReportSummary | undefined,
  { metric, direction, ceiling, tolerance }: GateOutputs,
): PipelineModelChange["underBase"] {
  const { candidate, baseline, comparison, test, provenance } = head;
  if (candidate === undefined || test === undefined) return undefined;
  const compared =
    baseline === undefined || comparison === undefined
      ? undefined
      : { value: baseline.value, sha256: base?.provenance?.model ?? "", difference: comparison };
  const evaluation = {
    candidate: { value: candidate.value, sha256: provenance?.model ?? "" },
    ...{ test, ...defined({ baseline: compared }) },
  };
  const { name, reasons } = judge(evaluation, { metric, direction, ceiling, tolerance });
  return { verdict: name, reasons };
}
