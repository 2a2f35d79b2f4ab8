import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPipeline, PipelineProblems, renderDefinition } from "#language";
import { readDefinition } from "../../language/read/read-definition.ts";
import { repository } from "../../scripts/local-stack/folders.ts";
import { parseJson } from "../../service-model/exact-json.ts";

const shared = join(repository, "..", "shared", "definitions");

const read = (document: unknown) => readDefinition(JSON.stringify(document), { name: "P" });
const steps = (...list: readonly unknown[]) => ({ Version: "2020-12-01", Metadata: {}, Parameters: [], Steps: list });
const fail = (message: unknown) => steps({ Name: "F", Type: "Fail", Arguments: { ErrorMessage: message } });

/** Documents that are no definitions: what is wrong with them, and where. */
const malformed: readonly (readonly [string, string, readonly [string, RegExp][]])[] = [
  ["no JSON", "{", [["the definition", /is no JSON: /]]],
  [
    "what is no JSON over several lines",
    "a\nb\u001b[1m",
    [["the definition", /is no JSON: .*a\\u\{a\}b\\u\{1b\}\[1m/]],
  ],
  ["no object", "[]", [["the definition", /is \[\]; it has to be an object/]]],
  [
    "nothing that it needs",
    "{}",
    [
      ["Version", /is missing; it has to be "2020-12-01"/],
      ["Steps", /is missing; it has to be a list/],
    ],
  ],
  [
    "members of the wrong type",
    JSON.stringify({ Version: "2017-07-29", Metadata: [], Parameters: {}, PipelineExperimentConfig: {}, Steps: [1] }),
    [
      ["Version", /is "2017-07-29"/],
      ["Metadata", /is \[\]; it has to be an object/],
      ["Parameters", /is \{\}; it has to be a list/],
      ["PipelineExperimentConfig.ExperimentName", /is missing; it has to be a value/],
      ["PipelineExperimentConfig.TrialName", /is missing/],
      ["Steps[0]", /is 1; it has to be an object/],
    ],
  ],
  [
    "a parameter of a type that there is not",
    JSON.stringify({ Version: "2020-12-01", Parameters: [{ Name: "P", Type: "Date", DefaultValue: {} }], Steps: [] }),
    [
      ["Parameters[0].Type", /is "Date"; it has to be "String" or "Integer"/],
      ["Parameters[0].DefaultValue", /is \{\}; SageMaker knows no such form of it/],
    ],
  ],
  [
    "steps of the wrong form, each named",
    JSON.stringify(
      steps(
        { Name: "A", Type: "Fail" },
        { Name: "B", Type: "Fail", Arguments: {}, DependsOn: [{ Step: "A", Trigger: "Maybe" }] },
        { Name: "C", Type: "Fail", Arguments: {}, RetryPolicies: [{ ExceptionType: "x", Colour: "red" }] },
        { Name: "D", Type: "Condition", Arguments: { Conditions: [{ Type: "Almost" }, { Type: "Not" }], Then: [] } },
        { Name: "E", Type: "Condition", Arguments: { Conditions: [{ Type: "Equals", LeftValue: 1 }] } },
        { Name: "G", Type: "ForEach", Arguments: { IterableItems: [], ForEachBody: [] } },
      ),
    ),
    [
      ["Steps[0].Arguments", /is missing; it has to be an object/],
      ["Steps[1].DependsOn[0]", /SageMaker knows no such form of it/],
      ["Steps[2].RetryPolicies[0].ExceptionType", /is "x"; it has to be a list/],
      ["Steps[2].RetryPolicies[0]", /has "Colour", which SageMaker does not know there; take it away/],
      ["Steps.D.Arguments", /has "Then"/],
      ["Steps.E.Arguments.Conditions[0].RightValue", /is missing; it has to be a value/],
      ["Steps.G.Arguments.MaxConcurrency", /is missing; it has to be a number/],
    ],
  ],
  [
    "conditions of no known type",
    JSON.stringify(steps({ Name: "D", Type: "Condition", Arguments: { Conditions: [{ Type: "Almost" }, null] } })),
    [
      ["Steps.D.Arguments.Conditions[0].Type", /is "Almost"; it has to be "Equals" or/],
      ["Steps.D.Arguments.Conditions[0].LeftValue", /is missing/],
      ["Steps.D.Arguments.Conditions[0].RightValue", /is missing/],
      ["Steps.D.Arguments.Conditions[1]", /is null; it has to be an object/],
    ],
  ],
  [
    "functions without what they need",
    JSON.stringify(fail({ "Std:Join": { On: 1 } })),
    [
      ["Steps.F.Arguments.ErrorMessage.Std:Join.On", /is 1; it has to be a text/],
      ["Steps.F.Arguments.ErrorMessage.Std:Join.Values", /is missing; it has to be a list/],
    ],
  ],
  [
    "a JsonGet of nothing",
    JSON.stringify(fail({ "Std:JsonGet": { Path: "x" } })),
    [["Steps.F.Arguments.ErrorMessage.Std:JsonGet.S3Uri", /is missing; it has to be a value/]],
  ],
];

describe("reading a definition", () => {
  for (const [what, text, expected] of malformed)
    it(`refuses one with ${what}, naming all of it`, () => {
      assert.throws(
        () => readDefinition(text, { name: "P" }),
        (error) => {
          assert.ok(error instanceof PipelineProblems);
          assert.deepEqual(
            error.problems.map(({ path }) => path),
            expected.map(([path]) => path),
            error.message,
          );
          for (const [index, [, message]] of expected.entries())
            assert.match(error.problems[index]?.message ?? "", message);
          return true;
        },
      );
    });

  it("finds the same problems in it as in a pipeline that was written", () => {
    const problems = checkPipeline(read(fail({ Get: "Parameters.Missing" })));
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["Steps.F.Arguments.ErrorMessage"],
    );
  });

  it("refuses one that is too deep, in one line", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const text = JSON.stringify(steps({ Name: "L", Type: "Lambda", FunctionArn: "f", Arguments: { a: 0 } }));
    assert.throws(() => readDefinition(text.replace('"a":0', `"a":${deep}`), { name: "P" }), {
      message:
        "pipeline P has 1 problem:\n  the definition: is nested too deep to be read; SageMaker has no value that is",
    });
  });

  it("says what is wrong with a name that breaks lines in one line", () => {
    const problems = checkPipeline(read(steps({ Name: "a\nb\u001b", Type: "Fail", Arguments: { ErrorMessage: "" } })));
    const { message } = new PipelineProblems("P", problems);
    assert.match(
      message,
      /^pipeline P has 1 problem:\n {2}Steps\.a\\nb\\u001b: the name "a\\nb\\u001b" has other [^\n]*$/,
    );
  });

  it("keeps what it does not know", () => {
    const document = {
      ...steps({
        Name: "F",
        Type: "Fail",
        Arguments: { ErrorMessage: "" },
        Novelty: { Get: "Execution.PipelineName" },
      }),
      Metadata: { Owner: "me" },
      Parameters: [{ Name: "A", Type: "String", Description: "d" }],
      MlflowConfig: { MlflowResourceArn: { Get: "Parameters.A" }, MlflowExperimentName: "e" },
      Invention: [1],
    };
    assert.deepEqual(renderDefinition(read(document)), document);
  });

  it("gives a definition without metadata and parameters empty ones", () => {
    const { Metadata: _, Parameters: __, ...rest } = steps();
    assert.deepEqual(renderDefinition(read(rest)), steps());
  });

  it("takes an object with more than a function's key for what it is", () => {
    const payload = { Get: "Parameters.None", And: "more", "Std:Join": 5 };
    const document = steps({ Name: "L", Type: "Lambda", Arguments: { a: payload, b: { Get: 5 } }, FunctionArn: "f" });
    assert.deepEqual(renderDefinition(read(document)).Steps, document.Steps);
  });

  it("renders what the SageMaker Python SDK wrote to an equal document", function () {
    if (!existsSync(shared)) {
      console.log("      skipped: the definitions of the SageMaker Python SDK are not beside the repository");
      this.skip();
    }
    const files = readdirSync(shared).filter((name) => name.endsWith(".json") && name !== "api-calls.json");
    assert.ok(files.length >= 20);
    for (const file of files) {
      const text = readFileSync(join(shared, file), "utf8");
      assert.deepEqual(renderDefinition(readDefinition(text, { name: "P" })), parseJson(text), file);
    }
  });
});
