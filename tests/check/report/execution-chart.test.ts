import assert from "node:assert/strict";
import { executionChart } from "../../../check/report/execution-chart.ts";
import { exampleReport, hostileReport } from "./example-report.ts";

describe("the chart of an execution in report.md", () => {
  it("shows each step with its outcome, and marks failed and unstarted steps without colours", () => {
    const lines = executionChart(exampleReport)?.split("\n") ?? assert.fail();
    assert.equal(lines[0], "flowchart TD");
    for (const line of [
      '  s1["SplitChirps<br/>from the cache"]',
      '  s2["FitLine<br/>succeeded in 3 min 4 s"]',
      '  s3["ScoreLine<br/>failed in 1 min 31 s"]:::failed',
      '  s6["RefuseLine<br/>did not run"]:::missed',
      "  s1 --> s2",
      '  s4 -->|"true"| s5',
    ])
      assert.ok(lines.includes(line), `${line} is not in\n${lines.join("\n")}`);
  });

  it("escapes names of steps that would end their label or line", () => {
    const text = executionChart(hostileReport()) ?? assert.fail();
    for (const line of text.split("\n").slice(1))
      assert.match(line, /^ {2}(s\d+\["[^"<>&]*(<br\/>)[^"<>&]*"\](:::\w+)?|s\d+ -->(\|"[^"]*"\|)? s\d+|classDef .*)$/);
  });

  it("is left out if Mermaid would not draw it or the steps are unknown", () => {
    const { graph: _, ...without } = exampleReport;
    assert.equal(executionChart(without), undefined);
    const steps = Array.from({ length: 502 }, (_, index) => ({ name: `S${index}`, type: "Processing" }));
    const edges = steps.slice(1).map(({ name }) => ({ from: "S0", to: name }));
    assert.equal(executionChart({ ...exampleReport, graph: { steps, edges } }), undefined);
    const long = [{ name: "x".repeat(50_000), type: "Processing" }];
    assert.equal(executionChart({ ...exampleReport, graph: { steps: long, edges: [] } }), undefined);
  });
});
