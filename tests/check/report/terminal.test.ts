import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { Report } from "../../../check/report/content/report.ts";
import { placeLine, terminalReport } from "../../../check/report/terminal.ts";
import { classificationReport, errorReport, exampleReport } from "./example-report.ts";

describe("the report on a terminal", () => {
  it("shows the verdict, the reasons and the numbers", () => {
    assert.deepEqual(terminalReport(exampleReport, false).split("\n"), [
      "",
      "PASS  crickets-training-dev",
      ...exampleReport.reasons.map((reason) => `  ${reason}`),
      "  candidate MSE      5.464",
      "  baseline MSE       5.445",
      "  difference         0.0195  (-0.0239 .. 0.0629)",
      "  margin             0.1089",
      "  best approved MSE  5.4",
      "  difference to best 0.064  (-0.01 .. 0.14)",
      "  margin to best     0.108",
      "  ceiling            6",
      "  thresholds         ceiling 6 from the stack's configuration, relative tolerance 0.02 from the pipeline, absolute tolerance 0 from a flag",
      "  test rows          606",
      "  registered model   approved",
    ]);
  });

  it("shows a floor and differences in loss if a higher metric is better", () => {
    assert.deepEqual(terminalReport(classificationReport, false).split("\n"), [
      "",
      "REGRESSION  classification-dev",
      ...classificationReport.reasons.map((reason) => `  ${reason}`),
      "  candidate accuracy         0.955",
      "  baseline accuracy          0.985",
      "  difference in loss         0.03  (0.0159 .. 0.0441)",
      "  margin                     0.02",
      "  best approved accuracy     1",
      "  difference in loss to best 0.045  (0.0279 .. 0.0621)",
      "  margin to best             0.02",
      "  floor                      0.8",
      "  thresholds                 floor 0.8 from the pipeline, relative tolerance 0 from the pipeline, absolute tolerance 0.02 from the stack's configuration",
      "  test rows                  400",
      "  registered model           rejected",
    ]);
  });

  it("aligns the values and the report's path in one column, whatever the metric's name", () => {
    const column = (line: string, value: string) => line.length - value.length;
    const named = (metric: string) => {
      const report = { ...exampleReport, metric };
      const lines = terminalReport(report, false)
        .split("\n")
        .slice(2 + report.reasons.length);
      const values = ["5.464", "5.445", "0.0195  (-0.0239 .. 0.0629)", "0.1089", "5.4"];
      const starts = values.map((value, index) => column(lines[index] ?? "", value));
      return new Set([...starts, column(placeLine(report, "out/report.html"), "out/report.html")]);
    };
    assert.deepEqual([...named("MSE")], [21]);
    assert.deepEqual([...named("accuracy")], [25]);
    assert.equal(placeLine(errorReport, "out/report.html"), "  report             out/report.html");
  });

  it("ends with the command that approves a model which is left to a person", () => {
    const modelPackageArn = "arn:aws:sagemaker:us-east-1:123456789012:model-package/crickets/9";
    const candidate = { value: 5, modelPackageArn, action: "left for a person to approve" };
    assert.deepEqual(
      terminalReport({ ...exampleReport, candidate }, false)
        .split("\n")
        .slice(-2),
      [
        "  registered model   left for a person to approve",
        `  to approve it      npm run -s approve-model -- --model ${modelPackageArn} --reason TEXT`,
      ],
    );
  });

  it("shows no numbers without a verdict", () => {
    assert.deepEqual(terminalReport(errorReport, false).split("\n"), [
      "",
      "ERROR",
      ...errorReport.reasons.map((reason) => `  ${reason}`),
    ]);
  });

  const titles: readonly (readonly [Report["verdict"], string])[] = [
    ["pass", "PASS"],
    ["unchanged", "UNCHANGED"],
    ["inconclusive", "INCONCLUSIVE"],
    ["regression", "REGRESSION"],
    ["error", "ERROR"],
  ];
  for (const [verdict, title] of titles)
    it(`prints ${title}, in colour only on a terminal`, () => {
      const plain = terminalReport({ ...exampleReport, verdict }, false);
      const coloured = terminalReport({ ...exampleReport, verdict }, true);
      assert.match(plain, new RegExp(`^\\n${title}  `));
      assert.ok(!plain.includes("\u001b"));
      assert.equal(stripVTControlCharacters(coloured), plain);
    });
});
