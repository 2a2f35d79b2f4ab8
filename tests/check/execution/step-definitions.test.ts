import assert from "node:assert/strict";
import { otherSteps, stepTexts } from "../../../check/execution/step-definitions.ts";

const train = { Name: "Train", Type: "Training", Arguments: { AlgorithmSpecification: { TrainingImage: "one" } } };
const register = { Name: "Register", Type: "RegisterModel", Arguments: {} };
const definition = (steps: readonly object[]) => JSON.stringify({ Version: "2020-12-01", Steps: steps });
const check = (limit: number, ...IfSteps: readonly object[]) => ({
  Name: "Check",
  Type: "Condition",
  Arguments: { Conditions: [{ Type: "LessThan", RightValue: limit }], IfSteps, ElseSteps: [] },
});

describe("otherSteps", () => {
  const before = definition([train, check(6, register)]);
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["equal definitions", before, []],
    [
      "in another order of steps and keys",
      definition([check(6, { Arguments: {}, Type: "RegisterModel", Name: "Register" }), train]),
      [],
    ],
    ["another image", definition([{ ...train, Arguments: {} }, check(6, register)]), ["Train"]],
    ["another limit of a condition", definition([train, check(7, register)]), ["Check"]],
    ["another step inside of a condition", definition([train, check(6, { ...register, Type: "Fail" })]), ["Register"]],
    ["a missing step", definition([train, check(6)]), ["Register"]],
    ["a definition without steps", JSON.stringify({ Version: "2020-12-01" }), ["Train", "Check", "Register"]],
  ];
  for (const [what, after, others] of cases)
    it(`finds the steps that differ: ${what}`, () => {
      assert.deepEqual(otherSteps(before, after, ["Train", "Check", "Register"]), others);
      assert.deepEqual(otherSteps(after, before, ["Train", "Check", "Register"]), others);
    });

  it("compares only the named steps, and counts a step that both definitions lack as different", () => {
    assert.deepEqual(otherSteps(before, definition([]), ["Check"]), ["Check"]);
    assert.deepEqual(otherSteps(before, before, ["NoSuch"]), ["NoSuch"]);
    assert.deepEqual([...stepTexts(before).keys()], ["Train", "Check", "Register"]);
  });

  it("compares a loop together with its body", () => {
    const loop = (...ForEachBody: readonly object[]) =>
      definition([{ Name: "Loop", Type: "ForEach", Arguments: { ForEachBody } }]);
    assert.deepEqual([...stepTexts(loop(train)).keys()], ["Loop"]);
    assert.deepEqual(otherSteps(loop(train), loop(train), ["Loop"]), []);
    assert.deepEqual(otherSteps(loop(train), loop({ ...train, Arguments: {} }), ["Loop"]), ["Loop"]);
  });
});
