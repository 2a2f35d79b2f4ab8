import assert from "node:assert/strict";
import { graphOf } from "../../../local/engine/graph.ts";
import { Scheduler, type StepOutcome } from "../../../local/engine/scheduler.ts";
import { selectedGraph } from "../../../local/engine/selective-execution.ts";
import type { PipelineDefinition, StepDefinition } from "../../../service-model/definition.ts";

const step = (Name: string, refers: string[] = [], more: object = {}) => ({
  Name,
  Type: "Processing",
  Arguments: { Inputs: refers.map((name) => ({ Get: `Steps.${name}.Uri` })) },
  ...more,
});
const after = (Name: string, ...DependsOn: readonly (string | { Step: string; Trigger: string })[]) =>
  step(Name, [], { DependsOn });
const pipeline = (...Steps: readonly StepDefinition[]): PipelineDefinition => ({
  Version: "2020-12-01",
  Metadata: {},
  Parameters: [],
  Steps,
});

/** A and B side by side, C from both, a condition on C; in its if-branch a step from A, and one after that. */
const branched = pipeline(
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
);

/** A step, what waits for its failure, its stop or any end of it, and what follows its success. */
const triggered = pipeline(
  step("A"),
  step("Beside"),
  after("OnFail", { Step: "A", Trigger: "Failed" }),
  after("OnStop", { Step: "A", Trigger: "Stopped" }),
  after("Always", { Step: "A", Trigger: "Any" }),
  after("Then", "A"),
  after("Last", "Then"),
  after("AfterFail", "OnFail"),
);

const ended = (text: string): StepOutcome => {
  const [name = "", status = "Succeeded"] = text.split(" ");
  const condition = status === "True" || status === "False";
  return condition
    ? { name, status: "Succeeded", condition: status }
    : { name, status: status as StepOutcome["status"] };
};

/** What begins after these ends, each as `name [Failed|Stopped|True|False]`. */
function begins(definition: PipelineDefinition, ends: readonly string[], selected?: readonly string[]) {
  const scheduler = new Scheduler(selectedGraph(graphOf(definition), selected));
  const begun: string[] = [];
  const take = () => {
    for (let node = scheduler.next(); node !== undefined; node = scheduler.next()) begun.push(node.step.Name);
  };
  take();
  for (const end of ends) {
    scheduler.ended(ended(end));
    take();
  }
  const names = ends.map((end) => end.split(" ")[0]);
  return { begun: begun.filter((name) => !names.includes(name)), handled: scheduler.handledFailures };
}

describe("scheduler", () => {
  const table: readonly [string, readonly string[], readonly string[]][] = [
    ["begins everything that waits for nothing", [], ["A", "B"]],
    ["waits for all that a step needs", ["A"], ["B"]],
    ["runs a step when all it needs is there", ["A", "B"], ["C"]],
    ["decides a condition after what it looks at", ["A", "B", "C"], ["If"]],
    ["takes one branch", ["A", "B", "C", "If True"], ["Yes", "AfterIf"]],
    ["takes the other branch", ["A", "B", "C", "If False"], ["No", "AfterIf"]],
    ["never begins what needs a step of the branch not taken", ["A", "B", "C", "If False", "No", "AfterIf"], []],
    ["begins nothing after a failure", ["A Failed"], ["B"]],
    ["begins nothing after a stop", ["B", "A Stopped"], []],
  ];
  for (const [title, ends, expected] of table)
    it(title, () => {
      assert.deepEqual(begins(branched, ends), { begun: expected, handled: false });
    });

  const triggers: readonly [string, readonly string[], readonly string[], boolean][] = [
    ["a success", ["A", "Beside"], ["Always", "Then"], false],
    ["a failure", ["A Failed"], ["Beside", "OnFail", "Always"], true],
    ["a stop", ["A Stopped"], ["Beside", "OnStop", "Always"], true],
    ["what follows a step that took a failure on", ["A Failed", "OnFail"], ["Beside", "Always", "AfterFail"], true],
    [
      "nothing after a failure that no step waits for",
      ["A Failed", "OnFail Failed"],
      ["Beside", "Always", "AfterFail"],
      false,
    ],
  ];
  for (const [title, ends, expected, handled] of triggers)
    it(`begins by trigger: ${title}`, () => {
      const { begun, handled: found } = begins(triggered, ends);
      const known = title.startsWith("nothing") ? expected.filter((name) => name !== "AfterFail") : expected;
      assert.deepEqual([begun, found], [known, handled]);
    });

  it("begins a loop whose body refers to itself", () => {
    const body = [step("Inner"), step("Outer", ["Inner"])];
    const loop = {
      Name: "Loop",
      Type: "ForEach",
      Arguments: { IterableItems: [1], MaxConcurrency: 1, ForEachBody: body },
    };
    assert.deepEqual(begins(pipeline(step("A"), { ...loop, DependsOn: ["A"] } as never), []).begun, ["A"]);
    assert.deepEqual(begins(pipeline(step("A"), { ...loop, DependsOn: ["A"] } as never), ["A"]).begun, ["Loop"]);
  });

  it("goes on where an execution ended", () => {
    const scheduler = new Scheduler(graphOf(branched));
    for (const name of ["A", "B"]) scheduler.ended({ name, status: "Succeeded" });
    for (const name of ["A", "B"]) scheduler.skip(name);
    assert.deepEqual([scheduler.next()?.step.Name, scheduler.next()], ["C", undefined]);
  });

  it("runs nothing again that waits for a failure which happens again", () => {
    const scheduler = new Scheduler(graphOf(triggered));
    scheduler.ended({ name: "OnFail", status: "Succeeded" });
    scheduler.skip("OnFail");
    const begun: string[] = [];
    const take = () => {
      for (let node = scheduler.next(); node !== undefined; node = scheduler.next()) begun.push(node.step.Name);
    };
    take();
    scheduler.ended({ name: "A", status: "Failed" });
    take();
    assert.deepEqual(begun, ["A", "Beside", "AfterFail", "Always"]);
  });

  it("runs what is selected, as if what is not had run", () => {
    assert.deepEqual(begins(branched, [], ["C", "If"]).begun, ["C"]);
    assert.deepEqual(begins(branched, ["C"], ["C", "If"]).begun, ["If"]);
    assert.deepEqual(begins(branched, ["C", "If True"], ["C", "If"]).begun, []);
  });

  it("begins nothing once it is halted", () => {
    const scheduler = new Scheduler(graphOf(branched));
    scheduler.halt();
    assert.equal(scheduler.next(), undefined);
  });

  it("takes a time that grows with the steps, not with their square", () => {
    const chain = (length: number) =>
      graphOf(
        pipeline(
          ...Array.from({ length }, (_, index) => after(`S${index}`, ...(index === 0 ? [] : [`S${index - 1}`]))),
        ),
      );
    const events = (length: number) => {
      const scheduler = new Scheduler(chain(length));
      let count = 0;
      for (let node = scheduler.next(); node !== undefined; node = scheduler.next()) {
        scheduler.ended({ name: node.step.Name, status: "Succeeded" });
        count++;
      }
      return count;
    };
    assert.equal(events(5000), 5000);
  });
});
