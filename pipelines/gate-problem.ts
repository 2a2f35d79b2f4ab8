import type { Gate } from "./training-pipeline.ts";

/**
 * Metrics that are no mean over the rows, so that two models cannot be compared row by row. The names are those of
 * SageMaker's own reports of model quality.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
const notMeans =
  /^(auc|rmse|r2|(weighted_)?(precision|recall|f0_5|f1|f2)(_best_constant_classifier)?|(true|false)_(positive|negative)_rate)$/i;

/** The name of the metric in a path such as `regression_metrics.mse.value`. */
function metricOf(path: string): string {
  const names = path.split(".");
  return names.at(names.at(-1) === "value" ? -2 : -1) ?? path;
}

/** What of a gate says how it judges. */
export type JudgedGate = Pick<Gate, "direction" | "value" | "loss" | "minimumRows" | "tolerance">;

/** Why nothing can be judged by a gate, the first reason alone; undefined for a gate that works. */
export function gateProblem({ direction, value, loss, minimumRows, tolerance }: JudgedGate): string | undefined {
  if (direction !== "lower" && direction !== "higher")
    return `gate.direction is ${JSON.stringify(direction)}; give "lower" or "higher", whichever values are better`;
  if (!/^[\w-]+(\.[\w-]+)*$/.test(value.path))
    return `gate.value is at ${value.path}; the check reads names with dots between them, such as regression_metrics.mse.value`;
  const metric = metricOf(value.path);
  if (notMeans.test(metric))
    return `gate.value is ${metric}, which is no mean of a loss of each row, so that two models cannot be compared on the same rows; judge by mse, mae, accuracy or log_loss, and leave ${metric} in the evaluation beside it`;
  if (loss === "") return "gate.loss is empty; name the loss of a row that is averaged in the metric";
  if (!Number.isSafeInteger(minimumRows) || minimumRows < 2)
    return `gate.minimumRows is ${minimumRows}; give a whole number of at least 2`;
  const [wrong] = Object.entries(tolerance).filter(([, part]) => part < 0);
  return wrong === undefined ? undefined : `gate.tolerance.${wrong[0]} is ${wrong[1]}; give a number of at least 0`;
}
