import assert from "node:assert/strict";
import { checkReason } from "../../../check/models/decide-on-model.ts";

describe("the reason of a person's decision", () => {
  it("is any text of one line that SageMaker accepts", () => {
    for (const reason of ["x", "Seen by the risk team", "x".repeat(1024)]) assert.equal(checkReason(reason), reason);
  });

  const refused: readonly (readonly [string, string | undefined, RegExp])[] = [
    ["missing", undefined, /^--reason is missing: say why, in one line\.$/],
    ["blank", "  ", /^--reason is missing/],
    ["of two lines", "a\nb", /several lines, which SageMaker rejects: write one line\.$/],
    ["longer than SageMaker accepts", "x".repeat(1025), /1025 characters; SageMaker takes at most 1024: shorten it\.$/],
    ["like that of a check", "Stack check: pass. Fine.", /begins with "Stack check: ", which only checks write/],
  ];
  for (const [what, reason, message] of refused)
    it(`is rejected if it is ${what}`, () => {
      assert.throws(() => checkReason(reason), { code: 2, message });
    });
});
