import type { Report } from "../../../check/report/content/report.ts";

/** Text that contains markup of each language that reports are written in. */
export const hostile = "<script>alert(\"1\")</script> & 'x' | `y` *z* @octocat ![a](https://example.com/a.png) </svg>";

const arn = "arn:aws:sagemaker:us-east-1:123456789012";
const rows = Array.from({ length: 606 }, (_, index) => index);
const wave = (index: number, phase: number) => Math.sin(index * 12.9898 + phase) * 2;
const actual = rows.map((index) => 4 + ((index * 7) % 17));
const rounds = rows.slice(0, 50);

/** A report with every key. */
export const exampleReport: Report = {
  version: 1,
  verdict: "pass",
  exitCode: 0,
  reasons: [
    "The difference to the baseline's 5.445 is +0.0195 on the same rows, the margin is 0.1089.",
    "The candidate's MSE is 5.464, the ceiling is 6.",
  ],
  created: "2026-01-02T03:04:05.678Z",
  pipeline: "crickets-training-dev",
  metric: "MSE",
  direction: "lower",
  loss: "squared_error",
  ceiling: 6,
  candidate: { value: 5.464, modelPackageArn: `${arn}:model-package/crickets/9`, action: "approved" },
  baseline: { value: 5.445, modelPackageArn: `${arn}:model-package/crickets/8` },
  comparison: { mean: 0.0195, lower: -0.0239, upper: 0.0629, margin: 0.1089 },
  best: { value: 5.4, modelPackageArn: `${arn}:model-package/crickets/4` },
  bestComparison: { mean: 0.064, lower: -0.01, upper: 0.14, margin: 0.108 },
  thresholds: {
    ceiling: { value: 6, source: "configuration" },
    relativeTolerance: { value: 0.02, source: "pipeline" },
    absoluteTolerance: { value: 0, source: "flag" },
  },
  test: { rows: 606, sha256: "a".repeat(64), splitRule: "sha256-of-canonical-row-70-15-15/1" },
  evaluation: "s3://training-dev/crickets/executions/e1/evaluation/evaluation.json",
  execution: {
    arn: `${arn}:pipeline/crickets/execution/uukpafgfess9`,
    status: "Succeeded",
    seconds: 754.2,
    steps: [
      { name: "SplitChirps", status: "Succeeded", cached: true, seconds: 0 },
      { name: "FitLine", status: "Succeeded", cached: false, seconds: 184.3 },
      { name: "ScoreLine", status: "Failed", cached: false, seconds: 91, failureReason: "out of memory" },
      { name: "CheckError", status: "Succeeded", cached: false, seconds: 0.4, outcome: "true" },
      { name: "RegisterLine", status: "Executing", cached: false },
    ],
  },
  graph: {
    steps: [
      { name: "SplitChirps", type: "Processing" },
      { name: "FitLine", type: "Training" },
      { name: "ScoreLine", type: "Processing" },
      { name: "CheckError", type: "Condition" },
      { name: "RegisterLine", type: "RegisterModel" },
      { name: "RefuseLine", type: "Fail" },
    ],
    edges: [
      { from: "SplitChirps", to: "FitLine" },
      { from: "SplitChirps", to: "ScoreLine" },
      { from: "FitLine", to: "ScoreLine" },
      { from: "ScoreLine", to: "CheckError" },
      { from: "CheckError", to: "RegisterLine", label: "true" },
      { from: "CheckError", to: "RefuseLine", label: "false" },
    ],
  },
  training: {
    rounds,
    curves: [
      { name: "train-rmse", values: rounds.map((round) => 1.6 + 1.4 * 0.9 ** round) },
      { name: "validation-rmse", values: rounds.map((round) => 2.2 + 0.9 * 0.85 ** round) },
    ],
  },
  predictions: {
    label: "rings",
    testRows: 606,
    actual,
    candidate: actual.map((value, index) => value * 0.8 + 2 + wave(index, 0)),
    baseline: actual.map((value, index) => value * 0.8 + 2 + wave(index, 0.3)),
  },
  featureGain: [
    { feature: "length", gain: 19.2 },
    { feature: "shell_weight", gain: 167.6 },
    { feature: "sex I", gain: 46.4 },
  ],
  models: [
    { version: 5, modelPackageArn: `${arn}:model-package/crickets/5`, approval: "Approved", value: 5.9 },
    { version: 6, modelPackageArn: `${arn}:model-package/crickets/6`, approval: "Rejected", value: 7.7 },
    { version: 7, modelPackageArn: `${arn}:model-package/crickets/7`, approval: "PendingManualApproval" },
    { version: 8, modelPackageArn: `${arn}:model-package/crickets/8`, approval: "Approved", value: 5.445 },
    { version: 9, modelPackageArn: `${arn}:model-package/crickets/9`, approval: "PendingManualApproval", value: 5.464 },
  ],
};

/** A report with a metric where higher is better, about a model that drifted away from the best one. */
export const classificationReport: Report = {
  version: 1,
  verdict: "regression",
  exitCode: 1,
  reasons: [
    "The difference in loss to the best approved model's 1 is +0.045 on the same rows, the margin is 0.02.",
    "The difference in loss to the baseline's 0.985 is +0.03 on the same rows, the margin is 0.02.",
    "The candidate's accuracy is 0.955, the floor is 0.8.",
  ],
  created: "2026-01-02T03:04:05.678Z",
  pipeline: "classification-dev",
  metric: "accuracy",
  direction: "higher",
  loss: "zero_one_loss",
  ceiling: 0.8,
  candidate: { value: 0.955, modelPackageArn: `${arn}:model-package/classification/4`, action: "rejected" },
  baseline: { value: 0.985, modelPackageArn: `${arn}:model-package/classification/3` },
  comparison: { mean: 0.03, lower: 0.0159, upper: 0.0441, margin: 0.02 },
  best: { value: 1, modelPackageArn: `${arn}:model-package/classification/1` },
  bestComparison: { mean: 0.045, lower: 0.0279, upper: 0.0621, margin: 0.02 },
  thresholds: {
    ceiling: { value: 0.8, source: "pipeline" },
    relativeTolerance: { value: 0, source: "pipeline" },
    absoluteTolerance: { value: 0.02, source: "configuration" },
  },
  test: { rows: 400, sha256: "b".repeat(64), splitRule: "classification/1" },
  evaluation: "s3://training-dev/classification/executions/e1/evaluation/evaluation.json",
  models: [
    { version: 1, modelPackageArn: `${arn}:model-package/classification/1`, approval: "Approved", value: 1 },
    { version: 2, modelPackageArn: `${arn}:model-package/classification/2`, approval: "Rejected", value: 0.87 },
    { version: 3, modelPackageArn: `${arn}:model-package/classification/3`, approval: "Approved", value: 0.985 },
    { version: 4, modelPackageArn: `${arn}:model-package/classification/4`, approval: "Rejected", value: 0.955 },
  ],
};

/** A report of a check without a verdict. */
export const errorReport: Report = {
  version: 1,
  verdict: "error",
  exitCode: 3,
  reasons: ["The execution failed", "Step Train failed: no memory", "  the end of its log:", `    ${hostile}`],
  notDrawn: [{ picture: "The graph", reason: `AccessDenied: ${hostile}` }],
};

/** The example report with hostile text in every string. */
export function hostileReport(report: Report = exampleReport): Report {
  const texts = JSON.stringify(report, (key, value) =>
    typeof value === "string" &&
    !["verdict", "direction", "created", "approval", "registered", "source"].includes(key) &&
    !value.startsWith("arn:")
      ? `${value} ${hostile}`
      : value,
  );
  return JSON.parse(texts) as Report;
}
