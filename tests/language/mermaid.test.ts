import assert from "node:assert/strict";
import { conditionStep, equals, failStep, forEachStep, lambdaStep, outcome, pipeline } from "#language";
import { mermaid } from "../../language/mermaid.ts";

describe("the Mermaid chart of a pipeline", () => {
  it("has a node for each step, shaped by its type, and an arrow for each dependency", () => {
    const end = lambdaStep("end", { functionArn: "f", outputs: { o: "String" } });
    const uses = lambdaStep("Uses", { functionArn: "f", inputs: { o: end.outputs.o }, dependsOn: [end] });
    const waits = lambdaStep("Waits", { functionArn: "f", dependsOn: [end] });
    const alarm = lambdaStep("Alarm", { functionArn: "f", dependsOn: [outcome(end, "Failed")] });
    const check = conditionStep("Check", { conditions: [equals(1, 1)], ifSteps: [failStep("No")], elseSteps: [alarm] });
    const fan = forEachStep("Fan", {
      items: ["a"],
      maxConcurrency: 1,
      body: () => ({ work: lambdaStep("Work", { functionArn: "f" }) }),
    });
    assert.equal(
      mermaid(pipeline("P", { steps: [end, uses, waits, check, fan] })),
      `flowchart TD
  s1["end<br/>Lambda"]
  s2["Uses<br/>Lambda"]
  s3["Waits<br/>Lambda"]
  s4{"Check<br/>Condition"}
  s5("No<br/>Fail")
  s6["Alarm<br/>Lambda"]
  s7[["Fan<br/>ForEach"]]
  s8["Work<br/>Lambda"]
  s1 --> s2
  s1 -.-> s3
  s4 -->|true| s5
  s1 -.->|failed| s6
  s4 -->|false| s6
  s7 -->|each item| s8`,
    );
  });

  it("has the words and the look of each mark", () => {
    const [one, two] = ["One", "Two"].map((name) => lambdaStep(name, { functionArn: "f" }));
    assert.ok(one && two);
    const marks = new Map([
      ["One", { words: "changed, runs", look: "thick" }],
      ["Two", { words: "from the cache", look: "dashed" }],
    ] as const);
    assert.equal(
      mermaid(pipeline("P", { steps: [one, two] }), marks),
      `flowchart TD
  s1["One<br/>Lambda<br/>changed, runs"]:::thick
  s2["Two<br/>Lambda<br/>from the cache"]:::dashed
  classDef thick stroke-width:4px
  classDef dashed stroke-dasharray:4 3`,
    );
  });
});
