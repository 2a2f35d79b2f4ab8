import assert from "node:assert/strict";
import { parseBaseline } from "../../../check/execution/baseline-option.ts";
import { ExitError } from "../../../exit-code.ts";

describe("--baseline", () => {
  for (const text of [undefined, "none", "arn:aws-cn:sagemaker:cn-north-1:123456789012:model-package/g/1"])
    it(`accepts ${text ?? "no value, for the latest approved model"}`, () => assert.equal(parseBaseline(text), text));

  for (const text of ["7", "", "None", "arn:aws:sagemaker:us-east-1:123456789012:model/m"])
    it(`rejects "${text}" with exit code 2`, () =>
      assert.throws(
        () => parseBaseline(text),
        (error) =>
          error instanceof ExitError &&
          error.code === 2 &&
          error.message === `--baseline takes the ARN of a model package, or none, not "${text}".`,
      ));
});
