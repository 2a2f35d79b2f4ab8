import assert from "node:assert/strict";
import { allow } from "../../infra/permissions/policy.ts";
import { simulatedContexts } from "../../infra/simulated-contexts.ts";

/** Returns the condition keys of each simulated call, as `key=value`. */
function said(condition?: Parameters<typeof allow>[3]): readonly (readonly string[])[] {
  return simulatedContexts(allow("Sid", ["s3:ListBucket"], ["*"], condition)).map((entries) =>
    entries.map(({ key, values }) => `${key}=${values.join()}`),
  );
}

describe("simulatedContexts", () => {
  it("returns one call for a statement without a condition", () => assert.deepEqual(said(), [[]]));

  it("returns one call for each value of a condition, with wildcards replaced", () => {
    assert.deepEqual(said({ StringLike: { "s3:prefix": ["crickets/code/*", "rings/data"] } }), [
      ["s3:prefix=crickets/code/example"],
      ["s3:prefix=rings/data"],
    ]);
  });

  it("returns one call for each combination of several conditions", () => {
    assert.deepEqual(said({ StringEquals: { a: ["1", "2"], b: "3" }, ArnLike: { c: ["4", "5"] } }), [
      ["a=1", "b=3", "c=4"],
      ["a=1", "b=3", "c=5"],
      ["a=2", "b=3", "c=4"],
      ["a=2", "b=3", "c=5"],
    ]);
  });

  it("gives a Bool condition the type boolean", () => {
    const statement = allow("Sid", ["kms:CreateGrant"], ["*"], { Bool: { "kms:GrantIsForAWSResource": "true" } });
    assert.deepEqual(simulatedContexts(statement), [
      [{ key: "kms:GrantIsForAWSResource", type: "boolean", values: ["true"] }],
    ]);
  });
});
