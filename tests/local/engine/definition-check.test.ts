import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { checkDefinition, parseDefinition } from "../../../local/engine/definition-check.ts";
import { scriptStep } from "../definitions.ts";

const steps = (...list: object[]) => JSON.stringify({ Version: "2020-12-01", Steps: list });
const fail = (Name: string, more: object = {}) => ({ Name, Type: "Fail", Arguments: { ErrorMessage: "m" }, ...more });
const equal = { Type: "Equals", LeftValue: 1, RightValue: 1 };

/** Definitions that the SageMaker Python SDK rendered, in a folder beside the repository. */
const oracle = new URL("../../../../shared/definitions/", import.meta.url);

describe("checkDefinition", () => {
  it("fills in missing parameters and metadata", () => {
    const text = steps(fail("A"));
    assert.deepEqual([parseDefinition(text).Parameters, parseDefinition(text).Metadata], [[], {}]);
  });

  const process = scriptStep({ name: "P", code: "s3://bucket/code.py" });
  const withArguments = (change: (text: string) => string) =>
    change(steps({ ...process, Arguments: process.Arguments }));
  const rejected: readonly [string, string, RegExp][] = [
    ["a text that is not JSON", "{", /^Unable to parse pipeline definition\. .*JSON/],
    ["a JSON list", "[]", /must be an object/],
    ["another version", '{"Version":"1"}', /Version.*2020-12-01/],
    ["a definition without steps", '{"Version":"2020-12-01"}', /Steps/],
    ["a step without a name", steps({ Type: "Fail", Arguments: {} }), /Steps\[0\]/],
    ["a name used twice", steps(fail("A"), fail("A")), /A: .*name/],
    [
      "a name used twice, once in a branch",
      steps(fail("A"), { Name: "C", Type: "Condition", Arguments: { Conditions: [equal], IfSteps: [fail("A")] } }),
      /A: .*name/,
    ],
    ["a dependency on an unknown step", steps(fail("A", { DependsOn: ["Z"] })), /Z/],
    [
      "steps that depend on each other",
      steps(fail("A", { DependsOn: ["B"] }), fail("B", { DependsOn: ["A"] })),
      /A.*B/,
    ],
    ["a step that depends on itself", steps(fail("A", { DependsOn: ["A"] })), /A/],
    ["an undeclared parameter", steps(fail("A", { Arguments: { ErrorMessage: { Get: "Parameters.X" } } })), /X/],
    ["a definition that is too long", " ".repeat(1_048_577), /at most 1048576/],
    [
      "a value that SageMaker's model does not have",
      withArguments((text) => text.replace('"EndOfJob"', '"Sometimes"')),
      /^Unable to parse pipeline definition\. Steps\.P\.Arguments.*S3UploadMode: is "Sometimes"; SageMaker accepts Continuous, EndOfJob/,
    ],
    [
      "a string for a number",
      withArguments((text) => text.replace('"InstanceCount":1', '"InstanceCount":"1"')),
      /InstanceCount: is "1"; SageMaker expects a whole number here/,
    ],
  ];
  for (const [title, text, message] of rejected) {
    it(`rejects in one line: ${title}`, () =>
      assert.throws(
        () => checkDefinition(text),
        (error: Error) => message.test(error.message) && !error.message.includes("\n"),
      ));
  }

  it("accepts expressions, whose values only an execution knows", () => {
    const text = withArguments((plain) => plain.replace('"ml.m5.large"', '{"Get":"Execution.PipelineName"}'));
    assert.doesNotThrow(() => checkDefinition(text));
  });

  it("accepts all step types, and more steps than an account's default quota", () => {
    assert.doesNotThrow(() => checkDefinition(steps(...Array.from({ length: 400 }, (_, i) => fail(`S${i}`)))));
  });

  it("accepts the definitions of the SageMaker Python SDK", function () {
    if (!existsSync(oracle)) {
      console.log("      skipped: the definitions of the SageMaker Python SDK are not beside the repository");
      this.skip();
    }
    const names = readdirSync(oracle).filter((name) => name.endsWith(".json") && name !== "api-calls.json");
    assert.ok(names.length > 20);
    // Some of them contain malformed identifiers.
    const madeUp = { d41d8cd9: `sha256:${"0".repeat(64)}`, "fs-1": "fs-0123456789abcdef0" };
    for (const name of names) {
      let text = readFileSync(new URL(name, oracle), "utf8");
      for (const [none, real] of Object.entries(madeUp)) text = text.replaceAll(`"${none}"`, `"${real}"`);
      assert.doesNotThrow(() => checkDefinition(text), name);
    }
  });
});
