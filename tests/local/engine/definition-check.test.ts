import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { checkDefinition, parseDefinition } from "../../../local/engine/definition-check.ts";
import { sagemakerModel } from "../../../local/moto/sagemaker-model.ts";
import type { ServiceModel } from "../../../service-model/service-model.ts";
import { scriptStep } from "../definitions.ts";
import { pythons } from "../pythons.ts";

const steps = (...list: object[]) => JSON.stringify({ Version: "2020-12-01", Steps: list });
const fail = (Name: string, more: object = {}) => ({ Name, Type: "Fail", Arguments: { ErrorMessage: "m" }, ...more });
const equal = { Type: "Equals", LeftValue: 1, RightValue: 1 };

/** What the SageMaker Python SDK emits, beside the repository. */
const oracle = new URL("../../../../shared/definitions/", import.meta.url);

describe("definition check", () => {
  let model: ServiceModel;
  before(async function () {
    this.timeout(180_000);
    model = await sagemakerModel((await pythons()).moto);
  });

  it("gives a definition its parameters and metadata", () => {
    const text = steps(fail("A"));
    assert.deepEqual([parseDefinition(text).Parameters, parseDefinition(text).Metadata], [[], {}]);
  });

  const process = scriptStep({ name: "P", code: "s3://bucket/code.py" });
  const withArguments = (change: (text: string) => string) =>
    change(steps({ ...process, Arguments: process.Arguments }));
  const refused: readonly [string, string, RegExp][] = [
    ["no JSON", "{", /^Unable to parse pipeline definition\. .*JSON/],
    ["no object", "[]", /must be an object/],
    ["another version", '{"Version":"1"}', /Version.*2020-12-01/],
    ["no steps", '{"Version":"2020-12-01"}', /Steps/],
    ["a step without a name", steps({ Type: "Fail", Arguments: {} }), /Steps\[0\]/],
    ["a name used twice", steps(fail("A"), fail("A")), /A: .*name/],
    [
      "a name used twice across a branch",
      steps(fail("A"), { Name: "C", Type: "Condition", Arguments: { Conditions: [equal], IfSteps: [fail("A")] } }),
      /A: .*name/,
    ],
    ["an unknown step", steps(fail("A", { DependsOn: ["Z"] })), /Z/],
    ["a circle", steps(fail("A", { DependsOn: ["B"] }), fail("B", { DependsOn: ["A"] })), /A.*B/],
    ["a step that waits for itself", steps(fail("A", { DependsOn: ["A"] })), /A/],
    ["an undeclared parameter", steps(fail("A", { Arguments: { ErrorMessage: { Get: "Parameters.X" } } })), /X/],
    ["a definition over the limit", " ".repeat(1_048_577), /at most 1048576/],
    [
      "a value that the service's model does not have, in the service's words",
      withArguments((text) => text.replace('"EndOfJob"', '"Sometimes"')),
      /^Unable to parse pipeline definition\. Model Validation failed: Value 'Sometimes' for 'ProcessingS3UploadMode' failed to satisfy enum value set: \[Continuous, EndOfJob\]$/,
    ],
    [
      "a text where a number belongs",
      withArguments((text) => text.replace('"InstanceCount":1', '"InstanceCount":"1"')),
      /instanceCount is not of type integer/i,
    ],
  ];
  for (const [title, text, message] of refused) {
    it(`refuses ${title}, on one line`, () =>
      assert.throws(
        () => checkDefinition(text, model),
        (error: Error) => message.test(error.message) && !error.message.includes("\n"),
      ));
  }

  it("leaves open what only an execution knows", () => {
    const text = withArguments((plain) => plain.replace('"ml.m5.large"', '{"Get":"Execution.PipelineName"}'));
    assert.doesNotThrow(() => checkDefinition(text, model));
  });

  it("accepts every step type that there is, and more steps than an account has at first", () => {
    assert.doesNotThrow(() => checkDefinition(steps(...Array.from({ length: 400 }, (_, i) => fail(`S${i}`))), model));
  });

  it("accepts what the SageMaker Python SDK emits", function () {
    if (!existsSync(oracle)) {
      console.log("      skipped: the definitions of the SageMaker Python SDK are not beside the repository");
      this.skip();
    }
    const names = readdirSync(oracle).filter((name) => name.endsWith(".json") && name !== "api-calls.json");
    assert.ok(names.length > 20);
    // Identifiers that are none stand in some of them.
    const madeUp = { d41d8cd9: `sha256:${"0".repeat(64)}`, "fs-1": "fs-0123456789abcdef0" };
    for (const name of names) {
      let text = readFileSync(new URL(name, oracle), "utf8");
      for (const [none, real] of Object.entries(madeUp)) text = text.replaceAll(`"${none}"`, `"${real}"`);
      assert.doesNotThrow(() => checkDefinition(text, model), name);
    }
  });
});
