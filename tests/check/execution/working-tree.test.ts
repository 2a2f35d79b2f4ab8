import assert from "node:assert/strict";
import { driftLine, type TreeFolder, treeDigest } from "../../../check/execution/working-tree.ts";
import { pipelineNames } from "../../../pipelines/catalog.ts";
import { environmentContext } from "../../../scripts/definition/environment-context.ts";

describe("the working tree, compared with a deployed definition", () => {
  const [folder = assert.fail("pipelines/ is empty")] = pipelineNames();
  const tree: TreeFolder = { folder, context: { ...environmentContext(folder, {}) } };

  it("is not mentioned if it renders the same definition", async () => {
    assert.equal(await driftLine(tree, await treeDigest(tree)), undefined);
  });

  it("is mentioned if the stack passed another context or was deployed from other code", async () => {
    const deployed = await treeDigest({ folder, context: { ...tree.context, bucket: "another-bucket" } });
    assert.equal(
      await driftLine(tree, deployed),
      `The working tree's definition or code of ${folder} differs from the deployed one, which is used here; deploy it to use the working tree's.`,
    );
  });

  it("is mentioned if it has no valid definition", async () => {
    assert.match(
      (await driftLine({ ...tree, folder: "gone" }, "")) ?? "",
      /^The working tree has no valid definition of gone to compare the deployed one with: pipeline gone does not exist/,
    );
  });
});
