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

/** A pipeline in which C depends on A and B, and a condition step on C. */
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

/** A pipeline whose steps wait for A's failure, its stop, its success or any of these. */
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

/** Returns the steps that start after the given ends, each written as `name [Failed|Stopped|True|False]`. */
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

describe("Scheduler", () => {
  const table: readonly [string, readonly string[], readonly string[]][] = [
    ["starts steps without dependencies at once", [], ["A", "B"]],
    ["does not start a step before all of its dependencies", ["A"], ["B"]],
    ["starts a step after all of its dependencies", ["A", "B"], ["C"]],
    ["starts a condition step after the step in its condition", ["A", "B", "C"], ["If"]],
    ["starts the steps of the if-branch when the condition holds", ["A", "B", "C", "If True"], ["Yes", "AfterIf"]],
    ["starts the steps of the else-branch when it does not hold", ["A", "B", "C", "If False"], ["No", "AfterIf"]],
    ["never starts a step that depends on the other branch", ["A", "B", "C", "If False", "No", "AfterIf"], []],
    ["starts no dependent step after a failure", ["A Failed"], ["B"]],
    ["starts no dependent step after a stop", ["B", "A Stopped"], []],
  ];
  for (const [title, ends, expected] of table)
    it(title, () => {
      assert.deepEqual(begins(branched, ends), { begun: expected, handled: false });
    });

  const triggers: readonly [string, readonly string[], readonly string[], boolean][] = [
    ["a success", ["A", "Beside"], ["Always", "Then"], false],
    ["a failure", ["A Failed"], ["Beside", "OnFail", "Always"], true],
    ["a stop", ["A Stopped"], ["Beside", "OnStop", "Always"], true],
    ["a step that handled a failure", ["A Failed", "OnFail"], ["Beside", "Always", "AfterFail"], true],
    ["a failure that no step waits for", ["A Failed", "OnFail Failed"], ["Beside", "Always"], false],
  ];
  for (const [title, ends, expected, handled] of triggers)
    it(`starts the steps whose trigger matches after ${title}`, () => {
      assert.deepEqual(begins(triggered, ends), { begun: expected, handled });
    });

  it("starts a loop in whose body one step depends on another", () => {
    const body = [step("Inner"), step("Outer", ["Inner"])];
    const loop = {
      Name: "Loop",
      Type: "ForEach",
      Arguments: { IterableItems: [1], MaxConcurrency: 1, ForEachBody: body },
    };
    assert.deepEqual(begins(pipeline(step("A"), { ...loop, DependsOn: ["A"] } as never), []).begun, ["A"]);
    assert.deepEqual(begins(pipeline(step("A"), { ...loop, DependsOn: ["A"] } as never), ["A"]).begun, ["Loop"]);
  });

  it("does not start skipped steps again in a retried execution", () => {
    const scheduler = new Scheduler(graphOf(branched));
    for (const name of ["A", "B"]) scheduler.ended({ name, status: "Succeeded" });
    for (const name of ["A", "B"]) scheduler.skip(name);
    assert.deepEqual([scheduler.next()?.step.Name, scheduler.next()], ["C", undefined]);
  });

  it("does not start a skipped step when its trigger is met again", () => {
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

  it("starts selected steps as if the other steps had succeeded", () => {
    assert.deepEqual(begins(branched, [], ["C", "If"]).begun, ["C"]);
    assert.deepEqual(begins(branched, ["C"], ["C", "If"]).begun, ["If"]);
    assert.deepEqual(begins(branched, ["C", "If True"], ["C", "If"]).begun, []);
  });

  it("starts no step after halt", () => {
    const scheduler = new Scheduler(graphOf(branched));
    scheduler.halt();
    assert.equal(scheduler.next(), undefined);
  });

  it("schedules a chain of 5,000 steps before the test's timeout", () => {
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
