import assert from "node:assert/strict";
import fc from "fast-check";
import { stackNames } from "../../infra/stack-names.ts";

const account = "111122223333";
const region = "ap-southeast-3";

/** Returns every name of a stack that another stack of the account and region could collide with. */
function all(stack: string, folders: readonly string[]): readonly string[] {
  const names = stackNames(stack, account, region);
  const others = ["execution", "failures", "schedule", "preview", "deploy"].map((what) => names.other(what));
  return [names.bucket, ...others, ...folders.map((folder) => names.pipeline(folder).toLowerCase())];
}

describe("stackNames", () => {
  const read: readonly (readonly [string, string, string])[] = [
    ["dev", "training-dev-111122223333-ap-southeast-3", "crickets-training-dev"],
    ["team-a-dev", "training-team-a-dev-111122223333-ap-southeast-3", "crickets-training-team-a-dev"],
  ];
  for (const [stack, bucket, pipeline] of read)
    it(`returns readable names for the stack ${stack}`, () => {
      const names = stackNames(stack, account, region);
      assert.deepEqual([names.bucket, names.pipeline("crickets")], [bucket, pipeline]);
      assert.equal(names.pipelineArn("crickets"), `arn:aws:sagemaker:${region}:${account}:pipeline/${pipeline}`);
      assert.equal(names.prefix("crickets"), "crickets");
    });

  it("returns names that AWS accepts for any stack name", () => {
    const stacks = fc.string({ minLength: 1, maxLength: 100, unit: "grapheme" });
    fc.assert(
      fc.property(stacks, (stack) => {
        const names = stackNames(stack, account, region);
        assert.match(names.bucket, /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
        assert.match(names.other("execution"), /^[a-z0-9-]{1,64}$/);
        assert.match(names.pipeline("crickets"), /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
      }),
    );
  });

  it("never returns the same name for two stacks", () => {
    // Characters that AWS rejects, the word "training", and texts that look like parts of other names.
    const parts = ["a", "A", "b", "training", "traintraininging", "-", ".", "_", "x-training", "execution"];
    const part = fc.constantFrom(...parts, "111122223333", "0123456789abc");
    const stack = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
    const folder = fc.constantFrom("a", "b", "a-training", "a-training-b", "training", "x");
    fc.assert(
      fc.property(stack, stack, fc.array(folder), fc.array(folder), (one, other, its, others) => {
        fc.pre(one !== other);
        const taken = new Set(all(one, its));
        assert.deepEqual(
          all(other, others).filter((name) => taken.has(name)),
          [],
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("returns other names for a stack that is named like another stack's hashed part", () => {
    const stacks = fc.oneof(
      fc.string({ minLength: 1, maxLength: 40 }),
      fc.constantFrom("Dev", "training", "_", "a".repeat(27)),
    );
    fc.assert(
      fc.property(stacks, (stack) => {
        const [, own = ""] =
          /^training-(.+)-111122223333-ap-southeast-3$/.exec(stackNames(stack, account, region).bucket) ?? [];
        fc.pre(own !== stack);
        assert.notEqual(stackNames(own, account, region).bucket, stackNames(stack, account, region).bucket);
      }),
      { numRuns: 500 },
    );
  });

  it("contains the word training only at the beginning, whatever the stack's name", () => {
    const part = fc.constantFrom("train", "ing", "training", "TRAIN", "-", "x", "tr", "aining");
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
        const { bucket } = stackNames(parts.join(""), account, region);
        assert.equal(bucket.split("-").filter((word) => word === "training").length, 1);
      }),
      { numRuns: 1000 },
    );
  });

  it("returns names for folders such as constructor and __proto__", () => {
    const adopted = { pipelines: {}, modelPackageGroups: {} };
    for (const folder of ["constructor", "toString", "__proto__"]) {
      const names = stackNames("dev", account, region, adopted);
      assert.deepEqual(
        [names.pipeline(folder), names.modelPackageGroup(folder), names.prefix(folder)],
        [`${folder}-training-dev`, `${folder}-training-dev`, folder],
      );
    }
  });

  it("keeps the names of existing resources, and uses a prefix of its own in a shared bucket", () => {
    const roleArn = `arn:aws:iam::${account}:role/team/pipelines`;
    const adopted = { bucket: "lake", roleArn, pipelines: { crickets: "Rings-p-1" } };
    const names = stackNames("dev", account, region, adopted);
    assert.deepEqual([names.bucket, names.bucketArn, names.roleArn], ["lake", "arn:aws:s3:::lake", roleArn]);
    assert.deepEqual([names.pipeline("crickets"), names.prefix("crickets")], ["Rings-p-1", "Rings-p-1"]);
    assert.equal(names.pipelineArn("crickets"), `arn:aws:sagemaker:${region}:${account}:pipeline/Rings-p-1`);
    assert.deepEqual(
      [names.pipeline("oyster"), names.prefix("oyster")],
      ["oyster-training-dev", "oyster-training-dev"],
    );
  });
});
