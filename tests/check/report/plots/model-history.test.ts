import assert from "node:assert/strict";
import type { Report } from "../../../../check/report/content/report.ts";
import { modelHistoryPlot } from "../../../../check/report/plots/model-history.ts";
import { drawPlot } from "../../../../check/report/plots/plot.ts";
import { classificationReport, exampleReport } from "../example-report.ts";

async function drawn(report: Report) {
  const [plot = assert.fail()] = modelHistoryPlot(report);
  return drawPlot(plot);
}

describe("the models of the group", () => {
  it("have a ceiling if a lower metric is better, even if the report has no direction", async () => {
    const { direction: _, ...earlier } = exampleReport;
    for (const report of [exampleReport, earlier]) {
      const { description, svg } = await drawn(report);
      assert.match(description, / The ceiling 6 is a line\. The baseline 5\.445 is a line\. The best approved 5\.4 is/);
      assert.match(svg.text, />ceiling 6</);
    }
  });

  it("have a floor if a higher metric is better", async () => {
    const { description, svg } = await drawn(classificationReport);
    assert.match(description, / The floor 0\.8 is a line\./);
    assert.match(svg.text, />floor 0\.8</);
    assert.doesNotMatch(svg.text, /ceiling/);
  });

  it("are drawn on top of the background edges around the names", async () => {
    const { svg } = await drawn(classificationReport);
    const [lastEdge, firstModel] = [
      svg.text.lastIndexOf('stroke="var(--ground)"'),
      svg.text.search(/<path transform=/),
    ];
    assert.ok(lastEdge > 0 && firstModel > lastEdge, `${lastEdge} ${firstModel}`);
  });
});
