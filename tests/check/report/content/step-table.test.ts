import assert from "node:assert/strict";
import { stepRows } from "../../../../check/report/content/step-table.ts";
import { errorReport, exampleReport } from "../example-report.ts";

describe("the step table", () => {
  const [first] = exampleReport.execution?.steps ?? [];
  assert.ok(exampleReport.execution !== undefined && first !== undefined);
  const failed = { ...first, name: "Late", cached: false, status: "Failed", seconds: 1, failureReason: "no rows" };
  const report = { ...exampleReport, execution: { ...exampleReport.execution, steps: [failed] } };

  it("lists the steps of the graph, then those that only ran", () => {
    const graph = report.graph?.steps.map(({ name }) => name) ?? [];
    assert.deepEqual(
      stepRows(report, { withReasons: false }).map(([name]) => name),
      [...graph, "Late"],
    );
  });

  it("adds the reason of a failure only when asked for", () => {
    const last = (withReasons: boolean) => stepRows(report, { withReasons }).at(-1)?.[1];
    assert.deepEqual([last(false), last(true)], ["failed in 1.0 s", "failed in 1.0 s: no rows"]);
  });

  it("is empty when there is neither a graph nor an execution", () => {
    assert.deepEqual(stepRows({ ...errorReport, graph: undefined, execution: undefined }, { withReasons: true }), []);
  });
});
