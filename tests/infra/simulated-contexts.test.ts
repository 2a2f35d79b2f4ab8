import assert from "node:assert/strict";
import { allow } from "../../infra/permissions/policy.ts";
import { simulatedContexts } from "../../infra/simulated-contexts.ts";

/** What each simulated call says of itself, as `key=value`. */
function said(condition?: Parameters<typeof allow>[3]): readonly (readonly string[])[] {
  return simulatedContexts(allow("Sid", ["s3:ListBucket"], ["*"], condition)).map((entries) =>
    entries.map(({ key, values }) => `${key}=${values.join()}`),
  );
}

describe("the calls that a role is asked about", () => {
  it("are one where a statement has no condition", () => assert.deepEqual(said(), [[]]));

  it("are one for each value of a condition, as a call has one, and as no call names a wildcard", () => {
    assert.deepEqual(said({ StringLike: { "s3:prefix": ["abalone/code/*", "rings/data"] } }), [
      ["s3:prefix=abalone/code/example"],
      ["s3:prefix=rings/data"],
    ]);
  });

  it("are one for each combination of several conditions", () => {
    assert.deepEqual(said({ StringEquals: { a: ["1", "2"], b: "3" }, ArnLike: { c: ["4", "5"] } }), [
      ["a=1", "b=3", "c=4"],
      ["a=1", "b=3", "c=5"],
      ["a=2", "b=3", "c=4"],
      ["a=2", "b=3", "c=5"],
    ]);
  });

  it("say a truth as one", () => {
    const statement = allow("Sid", ["kms:CreateGrant"], ["*"], { Bool: { "kms:GrantIsForAWSResource": "true" } });
    assert.deepEqual(simulatedContexts(statement), [
      [{ key: "kms:GrantIsForAWSResource", type: "boolean", values: ["true"] }],
    ]);
  });
});
