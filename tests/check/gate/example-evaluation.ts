import type { EvaluationGate } from "../../../check/gate/read-compared.ts";

export const url = "s3://b/model.tar.gz";
const bestUrl = "s3://b/best.tar.gz";
export const sha = (digit: string) => digit.repeat(64);
export const mseGate: EvaluationGate = {
  direction: "lower",
  loss: "squared_error",
  minimumRows: 100,
  evaluation: { value: "regression_metrics.mse.value" },
};
export const asked = {
  baseline: { modelUrl: url, splitRule: "rule/1", sha256: sha("b") },
  best: { modelUrl: bestUrl, splitRule: "rule/1" },
};

const comparison = { metric: "squared_error", mean_difference: 0.5, lower_95: 0.4, upper_95: 0.6 };
export const valid = {
  schema_version: 1,
  regression_metrics: { mse: { value: 5.5, standard_deviation: 2.3 } },
  test: { rows: 606, sha256: sha("1"), split_rule: "rule/1" },
  model: { sha256: sha("a") },
  baseline: {
    model_url: url,
    sha256: sha("b"),
    regression_metrics: { mse: { value: 5, standard_deviation: 2.2 } },
  },
  comparison,
  best: { model_url: bestUrl, sha256: sha("c"), regression_metrics: { mse: { value: 4.5 } } },
  best_comparison: { ...comparison, mean_difference: 1, lower_95: 0.9, upper_95: 1.1 },
};

export type Document = Record<string, unknown>;
/** Changes a valid evaluation in place. */
export type Change = (document: Document) => unknown;

export const mse =
  (value: unknown): Change =>
  (d) => {
    d["regression_metrics"] = { mse: { value, standard_deviation: 1 } };
  };
export const baselineMse =
  (value: unknown): Change =>
  (d) => {
    d["baseline"] = { ...valid.baseline, regression_metrics: { mse: { value } } };
  };
export const compared =
  (changes: object): Change =>
  (d) => {
    d["comparison"] = { ...comparison, ...changes };
  };

/** Returns a valid evaluation with a change, as text. */
export const changed = (change: Change) => {
  const document = structuredClone(valid) as Document;
  change(document);
  return JSON.stringify(document);
};
