import assert from "node:assert/strict";
import { parseDefinition } from "../../../local/execution/definition-check.ts";

const steps = (...list: object[]) => JSON.stringify({ Version: "2020-12-01", Steps: list });
const fail = (Name: string, more: object = {}) => ({ Name, Type: "Fail", Arguments: { ErrorMessage: "m" }, ...more });

describe("definition check", () => {
  it("accepts a definition without parameters", () => {
    assert.deepEqual(parseDefinition(steps(fail("A"))).Parameters, []);
  });

  const refused: readonly [string, string, RegExp][] = [
    ["no JSON", "{", /not valid JSON/],
    ["no object", "[]", /must be a JSON object/],
    ["another version", '{"Version":"1"}', /Version must be '2020-12-01', got "1"/],
    ["no steps", '{"Version":"2020-12-01"}', /Steps must be a list/],
    ["a step without a name", steps({ Type: "Fail" }), /Steps\[0\] must have a Name and a Type/],
    ["a name used twice", steps(fail("A"), fail("A")), /two steps have the name A/],
    [
      "a name used twice across a branch",
      steps(fail("A"), { Name: "C", Type: "Condition", Arguments: { Conditions: [], IfSteps: [fail("A")] } }),
      /two steps have the name A/,
    ],
    ["an unknown step", steps(fail("A", { DependsOn: ["Z"] })), /step A refers to step Z/],
    ["a circle", steps(fail("A", { DependsOn: ["B"] }), fail("B", { DependsOn: ["A"] })), /wait for each other: A, B/],
    ["a step that waits for itself", steps(fail("A", { DependsOn: ["A"] })), /wait for each other: A/],
    ["a definition over the limit", " ".repeat(1_048_577), /at most 1048576/],
  ];
  for (const [title, text, message] of refused) {
    it(`refuses ${title}`, () => assert.throws(() => parseDefinition(text), message));
  }
});
