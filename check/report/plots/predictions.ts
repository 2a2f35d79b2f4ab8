import { significant } from "../../gate/verdict.ts";
import type { Report } from "../content/report.ts";
import { colours, type Plot } from "./plot.ts";

type Predictions = NonNullable<Report["predictions"]>;

/** The most points. More would cover each other and enlarge the page. */
const mostPoints = 1000;

function sample({ actual, candidate }: Predictions) {
  const every = Math.ceil(actual.length / mostPoints);
  return actual.flatMap((value, index) => {
    const predicted = candidate[index];
    return index % every === 0 && predicted !== undefined
      ? [{ actual: value, predicted, residual: value - predicted }]
      : [];
  });
}

function shownRows(shown: number, { testRows }: Predictions): string {
  return shown === testRows ? `All ${testRows} test rows` : `${shown} of ${testRows} test rows`;
}

const points = { type: "point", shape: "circle", filled: false, size: 22, strokeWidth: 1, opacity: 0.75 };

/** Draws each test row at its true value and the candidate's prediction. */
export function predictedActualPlot(predictions: Predictions): Plot {
  const values = sample(predictions);
  const all = values.flatMap(({ actual, predicted }) => [actual, predicted]);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const scale = { domain: [least, most], nice: true, zero: false };
  const { label } = predictions;
  const far = values.reduce((worst, row) => (Math.abs(row.residual) > Math.abs(worst.residual) ? row : worst), {
    actual: 0,
    predicted: 0,
    residual: 0,
  });
  return {
    id: "predicted-actual",
    title: "Predicted against actual",
    description:
      `${shownRows(values.length, predictions)}, each at its actual ${label} and the candidate's prediction. On the ` +
      `dashed line the two are equal. The prediction farthest off is ${significant(far.predicted)} for ${significant(far.actual)}.`,
    height: 320,
    layer: [
      {
        data: { values },
        mark: { ...points, color: colours.candidate },
        encoding: {
          x: { field: "actual", type: "quantitative", title: `actual ${label}`, scale },
          y: { field: "predicted", type: "quantitative", title: `predicted ${label}`, scale },
        },
      },
      {
        data: { values: [least, most].map((both) => ({ both })) },
        mark: { type: "line", strokeDash: [5, 3], strokeWidth: 1.5, color: colours.text },
        encoding: { x: { field: "both", type: "quantitative" }, y: { field: "both", type: "quantitative" } },
      },
    ],
  };
}

/** Draws each test row's residual against the candidate's prediction. */
export function residualsPlot(predictions: Predictions): Plot {
  const values = sample(predictions);
  const mean = values.reduce((sum, { residual }) => sum + residual, 0) / values.length;
  const { label } = predictions;
  return {
    id: "residuals",
    title: "Residuals",
    description:
      `${shownRows(values.length, predictions)}: actual minus predicted ${label}, beside the prediction. Above the ` +
      `line the candidate predicts too little; the mean is ${significant(mean)}.`,
    layer: [
      {
        data: { values },
        mark: { ...points, color: colours.candidate },
        encoding: {
          x: { field: "predicted", type: "quantitative", title: `predicted ${label}`, scale: { zero: false } },
          y: { field: "residual", type: "quantitative", title: "actual minus predicted" },
        },
      },
      { data: { values: [{ zero: 0 }] }, mark: "rule", encoding: { y: { field: "zero", type: "quantitative" } } },
    ],
  };
}
