import assert from "node:assert/strict";
import { type ChoiceFlags, executionChoice } from "../../../check/execution/execution-choice.ts";
import { ExitError } from "../../../exit-code.ts";

const arn = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/abc123def456";
const model = "arn:aws-cn:sagemaker:cn-north-1:123456789012:model-package/g/1";
type Flags = Partial<ChoiceFlags>;

const right: readonly (readonly [string, Flags, object])[] = [
  ["nothing", {}, { kind: "own" }],
  ["parameters and a baseline", { parameter: ["A=b"], baseline: model }, { kind: "own" }],
  ["no baseline", { baseline: "none" }, { kind: "own" }],
  ["an execution", { execution: arn }, { kind: "given", arn }],
  ["a step, with parameters", { "from-step": "Train", parameter: ["A=b"] }, { kind: "from-step", step: "Train" }],
  ["--retry", { retry: true }, { kind: "retry" }],
  ["--no-start", { "no-start": true }, { kind: "latest" }],
  ["an execution, and no baseline", { execution: arn, baseline: "none" }, { kind: "given", arn }],
];

const wrong: readonly (readonly [string, Flags, RegExp])[] = [
  ["--execution and --retry", { execution: arn, retry: true }, /--execution and --retry are both given/],
  ["--from-step and --no-start", { "from-step": "T", "no-start": true }, /--from-step and --no-start are both given/],
  ["--retry and --no-start", { retry: true, "no-start": true }, /--retry and --no-start are both given/],
  ["--execution with parameters", { execution: arn, parameter: ["A=b"] }, /leave out --parameter/],
  ["--no-start with parameters", { "no-start": true, parameter: ["A=b"] }, /leave out --parameter/],
  ["--retry with a baseline", { retry: true, baseline: model }, /leave out --baseline/],
  ["the ARN of a pipeline", { execution: "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p" }, /--execution takes/],
  ["a step without a name", { "from-step": "" }, /--from-step is empty/],
];

describe("the options that choose an execution", () => {
  for (const [what, flags, choice] of right)
    it(`are accepted: ${what}`, () => {
      assert.deepEqual(executionChoice({ parameter: [], ...flags }), choice);
    });

  for (const [what, flags, message] of wrong)
    it(`are rejected in one line with exit code 2: ${what}`, () => {
      assert.throws(
        () => executionChoice({ parameter: [], ...flags }),
        (error) =>
          error instanceof ExitError &&
          error.code === 2 &&
          message.test(error.message) &&
          !error.message.includes("\n"),
      );
    });
});
