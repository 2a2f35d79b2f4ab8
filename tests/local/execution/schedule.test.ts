import assert from "node:assert/strict";
import { graphOf } from "../../../local/execution/graph.ts";
import { type Progress, schedule } from "../../../local/execution/schedule.ts";
import type { PipelineDefinition } from "../../../pipelines/sagemaker/definition.ts";

const step = (Name: string, refers: string[] = [], more: object = {}) => ({
  Name,
  Type: "Processing",
  Arguments: { Inputs: refers.map((name) => ({ Get: `Steps.${name}.Uri` })) },
  ...more,
});

/** A and B side by side, C from both, a condition on C; in its if-branch a step from A, and one after that. */
const definition: PipelineDefinition = {
  Version: "2020-12-01",
  Metadata: {},
  Parameters: [],
  Steps: [
    step("A"),
    step("B"),
    step("C", ["A", "B"]),
    {
      Name: "If",
      Type: "Condition",
      Arguments: {
        Conditions: [{ Type: "Equals", LeftValue: { Get: "Steps.C.X" }, RightValue: 1 }],
        IfSteps: [step("Yes", ["A"]), step("YesToo", ["Yes"])],
        ElseSteps: [step("No")],
      },
    },
    step("AfterYes", ["Yes"]),
    step("AfterIf", [], { DependsOn: ["If"] }),
  ],
};
const graph = graphOf(definition);
const ok = (name: string): Progress => ({ name, status: "Succeeded" });
const outcome = (value: string): Progress => ({ name: "If", status: "Succeeded", outcome: value });

describe("schedule", () => {
  const table: readonly [string, Progress[], number, string[], boolean][] = [
    ["begins everything that waits for nothing", [], 4, ["A", "B"], false],
    ["keeps to the limit", [], 1, ["A"], false],
    ["counts what runs", [{ name: "A", status: "Executing" }], 1, [], false],
    ["begins the next as soon as one has room", [ok("A")], 1, ["B"], false],
    ["waits for all that a step needs", [ok("A"), { name: "B", status: "Executing" }], 4, [], false],
    ["runs a step when all it needs is there", [ok("A"), ok("B")], 4, ["C"], false],
    ["decides a condition after what it looks at", [ok("A"), ok("B"), ok("C")], 4, ["If"], false],
    ["takes one branch", ["A", "B", "C"].map(ok).concat(outcome("True")), 4, ["Yes", "AfterIf"], false],
    ["takes the other branch", ["A", "B", "C"].map(ok).concat(outcome("False")), 4, ["No", "AfterIf"], false],
    [
      "is over although a step needs one of the branch not taken",
      ["A", "B", "C", "No", "AfterIf"].map(ok).concat(outcome("False")),
      4,
      [],
      true,
    ],
    [
      "lets the rest finish after a failure",
      [
        { name: "A", status: "Failed" },
        { name: "B", status: "Executing" },
      ],
      4,
      [],
      false,
    ],
    ["begins nothing after a failure", [{ name: "A", status: "Failed" }, ok("B")], 4, [], true],
    ["begins nothing after a stop", [{ name: "A", status: "Stopped" }], 4, [], true],
    ["begins nothing while stopping", [ok("A"), { name: "B", status: "Stopping" }], 4, [], false],
  ];
  for (const [title, begun, limit, start, over] of table) {
    it(title, () => {
      const next = schedule(graph, begun, limit);
      assert.deepEqual(
        next.start.map((node) => node.step.Name),
        start,
      );
      assert.equal(next.over, over);
    });
  }
});
