import type { Gate } from "./training-pipeline.ts";

/**
 * Matches metrics that are not the mean of a loss per row. The gate cannot compare two models row by row with them. The
 * names are those of SageMaker's model quality reports.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
const notMeans =
  /^(auc|rmse|r2|(weighted_)?(precision|recall|f0_5|f1|f2)(_best_constant_classifier)?|(true|false)_(positive|negative)_rate)$/i;

/** Returns the name of the metric in a path, such as `mse` in `regression_metrics.mse.value`. */
function metricOf(path: string): string {
  const names = path.split(".");
  return names.at(names.at(-1) === "value" ? -2 : -1) ?? path;
}

/** The members of a gate that decide the verdict. */
export type JudgedGate = Pick<Gate, "direction" | "value" | "loss" | "minimumRows" | "tolerance">;

/** Returns the first reason why a gate cannot lead to a verdict, or undefined if it can. */
export function gateProblem({ direction, value, loss, minimumRows, tolerance }: JudgedGate): string | undefined {
  if (direction !== "lower" && direction !== "higher")
    return `gate.direction is ${JSON.stringify(direction)}; give "lower" or "higher", depending on which values are better`;
  if (!/^[\w-]+(\.[\w-]+)*$/.test(value.path))
    return `gate.value has the path ${value.path}; give names separated by dots, such as regression_metrics.mse.value`;
  const metric = metricOf(value.path);
  if (notMeans.test(metric))
    return `gate.value is ${metric}, which is not the mean of a loss per row, so two models cannot be compared row by row; use mse, mae, accuracy or log_loss, and keep ${metric} in the evaluation as an additional value`;
  if (loss === "") return "gate.loss is empty; give the name of the loss per row whose mean is the metric";
  if (!Number.isSafeInteger(minimumRows) || minimumRows < 2)
    return `gate.minimumRows is ${minimumRows}; give a whole number of at least 2`;
  const [wrong] = Object.entries(tolerance).filter(([, part]) => part < 0);
  return wrong === undefined ? undefined : `gate.tolerance.${wrong[0]} is ${wrong[1]}; give a number of at least 0`;
}
