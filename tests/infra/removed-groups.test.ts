import assert from "node:assert/strict";
import { type GroupChange, LostModels, type OwnGroup, retiredGroups } from "../../infra/removed-groups.ts";

const group = "fraud-training-dev";
const change: GroupChange = {
  last: { forceDestroy: true, pipelines: { fraud: { modelPackageGroup: group, ownsModelPackageGroup: true } } },
  ...{ declared: [], folders: ["crickets"], retired: [] },
};
const protectedChange: GroupChange = { ...change, last: { ...change.last, forceDestroy: false } };

/** Returns the retired groups, or the lines of the mistakes. Every group in `withModels` has models. */
async function outcome(of: GroupChange, withModels: readonly string[] = []): Promise<readonly OwnGroup[] | string> {
  const hasModels = async (name: string) => withModels.includes(name);
  return retiredGroups(of, hasModels).catch((error: Error) => error.message);
}

describe("retiredGroups", () => {
  it("accepts the first deploy, a group that stays, a group of others, and an empty group that Pulumi may delete", async () => {
    const adopted = { fraud: { modelPackageGroup: group, ownsModelPackageGroup: false } };
    for (const accepted of [
      { ...change, last: {} },
      { ...protectedChange, declared: [{ folder: "fraud", group }], folders: ["fraud"] },
      { ...protectedChange, last: { pipelines: adopted } },
      { ...protectedChange, last: { pipelines: { scores: { ownsModelPackageGroup: false } } } },
      change,
    ])
      assert.deepEqual(await outcome(accepted), []);
  });

  it("rejects a removed group that has models, and one that is protected", async () => {
    assert.match(
      String(await outcome(change, [group])),
      /^stack .*, retiredPipelines: .* fraud-training-dev has registered/,
    );
    assert.match(
      String(await outcome(protectedChange)),
      /^stack .*, retiredPipelines: .* fraud-training-dev is protected/,
    );
  });

  it("tells the groups apart whose models Pulumi may delete, for the local deploy to ask", async () => {
    const lostOf = (of: GroupChange) =>
      retiredGroups(of, async () => true).then(
        () => undefined,
        (error: unknown) => (error instanceof LostModels ? error.lost : undefined),
      );
    assert.deepEqual(await lostOf(change), [{ folder: "fraud", group }]);
    assert.equal(await lostOf(protectedChange), undefined);
    assert.equal(await lostOf({ ...change, folders: ["churn"], retired: ["churn"] }), undefined);
  });

  it("names the next place in the list of retired pipelines", async () => {
    assert.match(String(await outcome({ ...protectedChange, retired: ["churn"] })), /'retiredPipelines\[1\]' fraud; /);
  });

  it("rejects settings that give a deployed pipeline another group", async () => {
    const renamed = { ...protectedChange, folders: ["fraud"], declared: [{ folder: "fraud", group: "other" }] };
    assert.equal(
      await outcome(renamed),
      `stack configuration, pipelines.fraud: it no longer registers models in its group ${group}, which is protected, as it may have registered models; restore its settings and its gate`,
    );
  });

  it("rejects a retired pipeline that the stack deploys", async () => {
    assert.match(
      String(await outcome({ ...change, last: {}, retired: ["crickets"] })),
      /retiredPipelines: got crickets, which the stack deploys; remove it here, or remove its folder$/,
    );
  });

  it("returns the groups of retired pipelines without asking AWS for models", async () => {
    const asked = () => Promise.reject(new Error("asked"));
    assert.deepEqual(await retiredGroups({ ...change, retired: ["fraud"] }, asked), [{ folder: "fraud", group }]);
  });
});
