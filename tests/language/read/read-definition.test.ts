import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPipeline, PipelineProblems, renderDefinition } from "#language";
import { readDefinition } from "../../../language/read/read-definition.ts";
import { repository } from "../../../scripts/local-stack/folders.ts";
import { parseJson } from "../../../service-model/exact-json.ts";

const shared = join(repository, "..", "shared", "definitions");

const read = (document: unknown) => readDefinition(JSON.stringify(document), { name: "P" });
const steps = (...list: readonly unknown[]) => ({ Version: "2020-12-01", Metadata: {}, Parameters: [], Steps: list });
const fail = (message: unknown) => steps({ Name: "F", Type: "Fail", Arguments: { ErrorMessage: message } });

/** Texts that are not definitions, with the paths and messages of the expected problems. */
const malformed: readonly (readonly [string, string, readonly [string, RegExp][]])[] = [
  ["text that is not JSON", "{", [["the definition", /is not JSON: /]]],
  [
    "text of several lines that is not JSON",
    "a\nb\u001b[1m",
    [["the definition", /is not JSON: .*a\\u\{a\}b\\u\{1b\}\[1m/]],
  ],
  ["a list", "[]", [["the definition", /is \[\]; it must be an object/]]],
  [
    "an object without the required members",
    "{}",
    [
      ["Version", /is missing; it must be "2020-12-01"/],
      ["Steps", /is missing; it must be a list/],
    ],
  ],
  [
    "members of the wrong type",
    JSON.stringify({ Version: "2017-07-29", Metadata: [], Parameters: {}, PipelineExperimentConfig: {}, Steps: [1] }),
    [
      ["Version", /is "2017-07-29"/],
      ["Metadata", /is \[\]; it must be an object/],
      ["Parameters", /is \{\}; it must be a list/],
      ["PipelineExperimentConfig.ExperimentName", /is missing; it must be a value/],
      ["PipelineExperimentConfig.TrialName", /is missing/],
      ["Steps[0]", /is 1; it must be an object/],
    ],
  ],
  [
    "a parameter with an invalid type",
    JSON.stringify({ Version: "2020-12-01", Parameters: [{ Name: "P", Type: "Date", DefaultValue: {} }], Steps: [] }),
    [
      ["Parameters.P.Type", /is "Date"; it must be "String" or "Integer"/],
      ["Parameters.P.DefaultValue", /is \{\}; it must be a text, a number, true or false/],
    ],
  ],
  [
    "steps that do not have the form of a step",
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
      ["Steps.A.Arguments", /are missing; give the step its arguments/],
      ["Steps.B.DependsOn[0]", /it must be the name of a step, or an object with Step and a Trigger/],
      ["Steps.C.RetryPolicies[0].ExceptionType", /is "x"; it must be a list/],
      ["Steps.C.RetryPolicies[0]", /has "Colour", which SageMaker does not accept there; remove it/],
      ["Steps.D.Arguments", /has "Then"/],
      ["Steps.E.Arguments.Conditions[0].RightValue", /is missing; it must be a value/],
      ["Steps.G.Arguments.MaxConcurrency", /is missing; it must be a number/],
    ],
  ],
  [
    "conditions with an unknown type",
    JSON.stringify(steps({ Name: "D", Type: "Condition", Arguments: { Conditions: [{ Type: "Almost" }, null] } })),
    [
      ["Steps.D.Arguments.Conditions[0].Type", /is "Almost"; it must be "Equals" or/],
      ["Steps.D.Arguments.Conditions[0].LeftValue", /is missing/],
      ["Steps.D.Arguments.Conditions[0].RightValue", /is missing/],
      ["Steps.D.Arguments.Conditions[1]", /is null; it must be an object/],
    ],
  ],
  [
    "functions without required members",
    JSON.stringify(fail({ "Std:Join": { On: 1 } })),
    [
      ["Steps.F.Arguments.ErrorMessage.Std:Join.On", /is 1; it must be a text/],
      ["Steps.F.Arguments.ErrorMessage.Std:Join.Values", /is missing; it must be a list/],
    ],
  ],
  [
    "a JsonGet without a file",
    JSON.stringify(fail({ "Std:JsonGet": { Path: "x" } })),
    [["Steps.F.Arguments.ErrorMessage.Std:JsonGet.S3Uri", /is missing; it must be a value/]],
  ],
];

describe("reading a definition", () => {
  for (const [what, text, expected] of malformed)
    it(`rejects ${what}, and reports all problems`, () => {
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

  it("results in the same problems as in a pipeline that was declared in TypeScript", () => {
    const problems = checkPipeline(read(fail({ Get: "Parameters.Missing" })));
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["Steps.F.Arguments.ErrorMessage"],
    );
  });

  it("rejects a definition that is nested too deeply, with an error of one line", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const text = JSON.stringify(steps({ Name: "L", Type: "Lambda", FunctionArn: "f", Arguments: { a: 0 } }));
    assert.throws(() => readDefinition(text.replace('"a":0', `"a":${deep}`), { name: "P" }), {
      message:
        "pipeline P has 1 problem:\n  the definition: is nested too deeply to be read; SageMaker does not accept such a value",
    });
  });

  it("escapes line breaks of a name in the error", () => {
    const problems = checkPipeline(read(steps({ Name: "a\nb\u001b", Type: "Fail", Arguments: { ErrorMessage: "" } })));
    const { message } = new PipelineProblems("P", problems);
    assert.match(
      message,
      /^pipeline P has 1 problem:\n {2}Steps\.a\\nb\\u001b: the name "a\\nb\\u001b" has characters other [^\n]*$/,
    );
  });

  it("keeps members that the language does not know, and those of steps if they are allowed", () => {
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
    const pipeline = readDefinition(JSON.stringify(document), { name: "P", allow: ["Novelty"] });
    assert.deepEqual(renderDefinition(pipeline), document);
  });

  it("adds empty metadata and parameters to a definition without them", () => {
    const { Metadata: _, Parameters: __, ...rest } = steps();
    assert.deepEqual(renderDefinition(read(rest)), steps());
  });

  it("reads an object with more keys than `Get` as a plain object", () => {
    const payload = { Get: "Parameters.None", And: "more", "Std:Join": 5 };
    const document = steps({ Name: "L", Type: "Lambda", Arguments: { a: payload, b: { Get: 5 } }, FunctionArn: "f" });
    assert.deepEqual(renderDefinition(read(document)).Steps, document.Steps);
  });

  it("renders definitions of the SageMaker Python SDK to equal documents", function () {
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
