import type { Report } from "../content/report.ts";
import { differencePlot } from "./difference.ts";
import { errorByLabelPlot } from "./error-by-label.ts";
import { featureGainPlot } from "./feature-gain.ts";
import { modelHistoryPlot } from "./model-history.ts";
import type { Plot } from "./plot.ts";
import { predictedActualPlot, residualsPlot } from "./predictions.ts";
import { trainingCurvePlot } from "./training-curve.ts";

/** Returns the plots for which a report has data. */
export function plotsOf(report: Report): readonly Plot[] {
  const { predictions, training, featureGain } = report;
  return [
    ...differencePlot(report),
    ...(predictions === undefined || predictions.actual.length === 0
      ? []
      : [predictedActualPlot(predictions), residualsPlot(predictions), errorByLabelPlot(predictions)]),
    ...(training === undefined ? [] : [trainingCurvePlot(training)]),
    ...(featureGain === undefined ? [] : [featureGainPlot(featureGain)]),
    ...modelHistoryPlot(report),
  ];
}
