import { defined } from "../service-model/defined.ts";
import type { EndedExecution } from "./execution/follow-execution.ts";
import type { Provenance } from "./execution/provenance.ts";
import type { Baselines } from "./gate/baseline.ts";
import type { CheckOptions } from "./gate/check-options.ts";
import type { Evaluation } from "./gate/evaluation.ts";
import type { Judgement } from "./gate/judge-execution.ts";
import type { PackageAction } from "./gate/package-decision.ts";
import type { Compared } from "./gate/read-compared.ts";
import { verdictExitCode } from "./gate/stack-verdict.ts";
import type { Thresholds } from "./gate/thresholds.ts";
import type { Verdict } from "./gate/verdict.ts";
import type { Report } from "./report/content/report.ts";
import { stepsPart } from "./report/read/read-execution.ts";

function comparison(
  { difference }: Compared,
  margin: number | undefined,
): NonNullable<Report["comparison"]> | undefined {
  return margin === undefined ? undefined : { ...difference, margin };
}

/** Returns the models that the candidate was compared with, and the result of each comparison. */
function comparisons({ baseline, best }: Evaluation, models: Baselines, verdict: Verdict): Partial<Report> {
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

/** The data of a check with a verdict. */
interface JudgedCheck {
  readonly judgement: Judgement;
  readonly thresholds: Thresholds;
  readonly models: Baselines;
  readonly provenance: Provenance;
  /** The action on the registered model. */
  readonly action: PackageAction | undefined;
  readonly execution: EndedExecution;
}

/** Returns the report of a check with a verdict, without the data of its pictures. */
export function verdictReport({ pipeline, outputs }: CheckOptions, check: JudgedCheck): Report {
  const { judgement, thresholds, models, provenance, action, execution } = check;
  const { verdict, evaluation, evaluationUri, modelPackageArn } = judgement;
  const { gate } = pipeline;
  const { commit, definition, code, model } = provenance;
  return {
    version: 1,
    verdict: verdict.name,
    exitCode: verdictExitCode(verdict.name, outputs.inconclusive),
    reasons: verdict.reasons,
    pipeline: pipeline.name,
    metric: gate.metric,
    direction: gate.direction,
    loss: gate.loss,
    ceiling: thresholds.ceiling.value,
    thresholds,
    inconclusive: outputs.inconclusive,
    candidate: {
      value: evaluation.candidate.value,
      ...defined({ modelPackageArn, action }),
    },
    ...comparisons(evaluation, models, verdict),
    test: evaluation.test,
    evaluation: evaluationUri,
    provenance: { ...defined({ commit }), definition, code, model },
    execution: { arn: execution.arn, status: execution.status, ...stepsPart(execution.steps, execution.status) },
  };
}
