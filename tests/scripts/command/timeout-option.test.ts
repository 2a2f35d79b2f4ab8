import assert from "node:assert/strict";
import { ExitError } from "../../../exit-code.ts";
import { parseTimeout, timeoutOption } from "../../../scripts/command/timeout-option.ts";

describe("--timeout", () => {
  it("accepts minutes and fractions of a minute", () => {
    assert.equal(parseTimeout(timeoutOption.timeout.default), 14_400_000);
    assert.equal(parseTimeout("0.5"), 30_000);
  });

  for (const text of ["0", "-1", "soon", "", "Infinity"])
    it(`rejects "${text}" with exit code 2`, () =>
      assert.throws(
        () => parseTimeout(text),
        (error) =>
          error instanceof ExitError &&
          error.code === 2 &&
          error.message === `--timeout takes minutes as a number above 0, not "${text}".`,
      ));
});
