import assert from "node:assert/strict";
import { type Identity, identityDigest, startToken } from "../../../check/execution/identity.ts";

const identity: Identity = {
  purpose: "check-stack",
  pipelineArn: "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p",
  definition: "d".repeat(64),
  parameters: { InputDataUrl: "s3://b/data/1/crickets.csv", ErrorCeiling: "6" },
  origin: { commit: "c".repeat(40), changed: false, ciRun: "7/1" },
};

describe("the identity of a command", () => {
  it("ignores the order of the parameters", () => {
    const parameters = Object.fromEntries(Object.entries(identity.parameters).reverse());
    assert.equal(identityDigest({ ...identity, parameters }), identityDigest(identity));
  });

  const others: Readonly<Record<string, Partial<Identity>>> = {
    command: { purpose: "run-pipeline" },
    "stack or pipeline": { pipelineArn: "arn:aws:sagemaker:us-east-1:123456789012:pipeline/q" },
    "definition, which contains the hashes of the code": { definition: "e".repeat(64) },
    data: { parameters: { ...identity.parameters, InputDataUrl: "s3://b/data/2/crickets.csv" } },
    "baseline that the user gives": { baseline: "arn:aws:sagemaker:us-east-1:123456789012:model-package/g/1" },
    "step of --from-step": { fromStep: "Train" },
    commit: { origin: { ...identity.origin, commit: "d".repeat(40) } },
    "state of the sources": { origin: { ...identity.origin, changed: true } },
    "CI run": { origin: { ...identity.origin, ciRun: "8/1" } },
    "attempt of the CI run": { origin: { ...identity.origin, ciRun: "7/2" } },
  };
  for (const [what, change] of Object.entries(others))
    it(`changes with the ${what}`, () => {
      assert.notEqual(identityDigest({ ...identity, ...change }), identityDigest(identity));
    });

  it("gives a valid ClientRequestToken, which changes after each verdict", () => {
    const digest = identityDigest(identity);
    const tokens = [startToken(digest), startToken(digest, "arn:1"), startToken(digest, "arn:2")];
    assert.equal(new Set(tokens).size, 3);
    for (const token of tokens) assert.ok(token.length >= 32 && token.length <= 128, token);
    assert.equal(startToken(digest, "arn:1"), tokens[1]);
  });
});
