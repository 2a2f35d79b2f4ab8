import assert from "node:assert/strict";
import type { Report } from "../../../../check/report/content/report.ts";
import { differencePlot } from "../../../../check/report/plots/difference.ts";
import { drawPlot } from "../../../../check/report/plots/plot.ts";
import { classificationReport, errorReport, exampleReport } from "../example-report.ts";

/** Returns the texts in the picture of a report, without the numbers of its axis. */
async function written(report: Report): Promise<readonly string[]> {
  const [plot = assert.fail()] = differencePlot(report);
  const { svg } = await drawPlot(plot);
  const words = [...svg.text.matchAll(/>([^<>]+)<\/(?:text|tspan)>/g)].map(([, text = ""]) => text);
  return words.filter((text) => !/^[\u2212\d.]+$/.test(text));
}

describe("the differences to approved models", () => {
  const { bestComparison: _, ...baselineOnly } = exampleReport;

  it("have one row and one margin each for the baseline and the best approved model", async () => {
    assert.deepEqual(await written(exampleReport), [
      "candidate's MSE",
      "minus approved model's",
      "no difference",
      "to the baseline",
      "margin",
      "to the best approved",
      "margin",
    ]);
    const [plot] = differencePlot(exampleReport);
    assert.equal(plot?.title, "Difference to the baseline and the best approved model, on the same rows");
    assert.equal(
      plot?.description,
      "The mean difference to the baseline is 0.0195, with one-sided 95 % bounds -0.0239 and 0.0629. " +
        "Up to the margin, 0.1089, the candidate is still good enough. " +
        "The mean difference to the best approved model is 0.064, with one-sided 95 % bounds -0.01 and 0.14. " +
        "Up to the margin, 0.108, the candidate is still good enough.",
    );
  });

  it("have only the baseline's row without a best model, and no picture without a baseline", async () => {
    assert.deepEqual(await written(baselineOnly), [
      "candidate's MSE",
      "minus baseline's",
      "no difference",
      "to the baseline",
      "margin",
    ]);
    assert.equal(differencePlot(baselineOnly)[0]?.title, "Difference to the baseline, on the same rows");
    assert.deepEqual(differencePlot(errorReport), []);
  });

  it("are differences of the loss if a higher metric is better", async () => {
    assert.equal((await written(classificationReport))[0], "candidate's zero_one_loss");
    const { loss: _, ...unnamed } = classificationReport;
    assert.equal((await written(unnamed))[0], "candidate's loss");
  });

  it("can be drawn if all are zero, as for an identical model", async () => {
    const none = { mean: 0, lower: 0, upper: 0, margin: 0 };
    assert.ok((await written({ ...exampleReport, comparison: none, bestComparison: none })).includes("margin"));
  });
});
