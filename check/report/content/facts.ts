import { duration } from "../../execution/step-progress.ts";
import { leftToPerson } from "../../gate/package-decision.ts";
import { thresholdsText } from "../../gate/thresholds.ts";
import { limitName, significant } from "../../gate/verdict.ts";
import type { Report } from "./report.ts";

/** The title of each verdict, and whether it is good, bad or open. */
export const verdictTitles = {
  pass: { title: "PASS", kind: "good" },
  unchanged: { title: "UNCHANGED", kind: "good" },
  inconclusive: { title: "INCONCLUSIVE", kind: "open" },
  regression: { title: "REGRESSION", kind: "bad" },
  error: { title: "ERROR", kind: "bad" },
} as const satisfies { readonly [Name in Report["verdict"]]: { readonly title: string; readonly kind: string } };

export type Fact = readonly [label: string, value: string];

function optional(label: string, value: string | undefined): readonly Fact[] {
  return value === undefined ? [] : [[label, value]];
}

function compared(model: string, comparison: Report["comparison"], direction: Report["direction"]): readonly Fact[] {
  if (comparison === undefined) return [];
  const [mean, lower, upper] = [comparison.mean, comparison.lower, comparison.upper].map(significant);
  const what = direction === "higher" ? "difference in loss" : "difference";
  return [
    [`${what}${model}`, `${mean}  (${lower} .. ${upper})`],
    [`margin${model}`, significant(comparison.margin)],
  ];
}

/** Returns the command with which a person approves a model, if the check leaves that to a person. */
function approval({ action, modelPackageArn: arn }: NonNullable<Report["candidate"]>): string | undefined {
  if (action !== leftToPerson || arn === undefined) return undefined;
  return `npm run -s approve-model -- --model ${arn} --reason TEXT`;
}

/** Returns the numbers behind a verdict, which are the same in each form of the report. */
export function numbers(report: Report): readonly Fact[] {
  const {
    metric = "metric",
    direction = "lower",
    ceiling,
    candidate,
    baseline,
    comparison,
    best,
    bestComparison,
    thresholds,
    inconclusive,
    test,
  } = report;
  if (candidate === undefined) return [];
  return [
    [`candidate ${metric}`, significant(candidate.value)],
    ...optional(`baseline ${metric}`, baseline && significant(baseline.value)),
    ...compared("", comparison, direction),
    ...optional(`best approved ${metric}`, best && significant(best.value)),
    ...compared(" to best", bestComparison, direction),
    ...optional(limitName(direction), ceiling === undefined ? undefined : significant(ceiling)),
    ...optional("thresholds", thresholds && thresholdsText(thresholds, direction)),
    ...optional("if inconclusive", inconclusive),
    ...optional("test rows", test && String(test.rows)),
    ...optional("registered model", candidate.action),
    ...optional("to approve it", approval(candidate)),
  ];
}

/** Returns the ARNs, URIs and hashes of the things that the report mentions. */
export function whereabouts({
  exitCode,
  created,
  candidate,
  baseline,
  best,
  execution,
  evaluation,
  provenance,
  test,
}: Report): readonly Fact[] {
  return [
    ["exit code", String(exitCode)],
    ...optional("reported", created),
    ...optional("execution", execution?.arn),
    ...optional("execution's status", execution?.status),
    ...optional("took", execution?.seconds === undefined ? undefined : duration(execution.seconds * 1000)),
    ...optional("evaluation", evaluation),
    ...optional("candidate", candidate?.modelPackageArn),
    ...optional("baseline", baseline?.modelPackageArn),
    ...optional("best approved", best?.modelPackageArn),
    ...optional("commit", provenance?.commit),
    ...optional("SHA-256 of the definition", provenance?.definition),
    ...optional("SHA-256 of the code", provenance?.code),
    ...optional("SHA-256 of the model", provenance?.model),
    ...optional("split rule", test?.splitRule),
    ...optional("SHA-256 of the test rows", test?.sha256),
  ];
}
