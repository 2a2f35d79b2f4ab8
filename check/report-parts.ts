import type { EndedExecution } from "./execution/follow-execution.ts";
import type { Provenance } from "./execution/provenance.ts";
import type { Baselines } from "./gate/baseline.ts";
import type { Compared, Evaluation } from "./gate/evaluation.ts";
import type { Verdict } from "./gate/verdict.ts";
import type { Report } from "./report/content/report.ts";
import { stepsPart } from "./report/read/read-execution.ts";

/** What the report says of an execution. */
export function executionPart(execution: EndedExecution): NonNullable<Report["execution"]> {
  return { arn: execution.arn, status: execution.status, ...stepsPart(execution.steps, execution.status) };
}

function comparison(
  { difference }: Compared,
  margin: number | undefined,
): NonNullable<Report["comparison"]> | undefined {
  return margin === undefined ? undefined : { ...difference, margin };
}

/** What the report says of the models that the candidate was compared with. */
export function comparisonPart({ baseline, best }: Evaluation, models: Baselines, verdict: Verdict): Partial<Report> {
  const withBaseline = baseline === undefined ? undefined : comparison(baseline, verdict.margin);
  const withBest = best === undefined ? undefined : comparison(best, verdict.best?.margin);
  const arnOf = (model: Baselines["baseline"]) => model?.modelPackageArn ?? "";
  return {
    ...(baseline && { baseline: { value: baseline.value, modelPackageArn: arnOf(models.baseline) } }),
    ...(withBaseline && { comparison: withBaseline }),
    ...(best && { best: { value: best.value, modelPackageArn: arnOf(models.best) } }),
    ...(withBest && { bestComparison: withBest }),
  };
}

/** What the report says of where the candidate comes from. */
export function provenancePart({ commit, definition, code, model }: Provenance): NonNullable<Report["provenance"]> {
  return { ...(commit === undefined ? {} : { commit }), definition, code, model };
}
