import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parseDefinition } from "../../../local/engine/definition-check.ts";
import { addModelPackage } from "../../../local/state/model-package.ts";
import { addGroup, findGroup, findPackage } from "../../../local/state/model-package-group.ts";
import { packagesOf } from "../../../local/state/packages-of.ts";
import { findPipeline } from "../../../local/state/pipeline.ts";
import { openStore, type Store } from "../../../local/state/store.ts";
import { setTags, taggable, tagsOf } from "../../../local/state/tags.ts";
import { temporaryFolder } from "../local-aws.ts";

const region = "us-east-1";
const arn = (resource: string) => `arn:aws:sagemaker:${region}:123456789012:${resource}`;

describe("state of an endpoint that wrote names in lower case into ARNs", () => {
  let folder: string;
  let store: Store;
  const reopen = () => openStore(folder, parseDefinition);
  beforeEach(async () => {
    folder = await temporaryFolder();
    store = reopen();
    const times = { CreationTime: 1, LastModifiedTime: 1 };
    store.pipelines.put(arn("pipeline/my-rings"), {
      ...{ PipelineArn: arn("pipeline/my-rings"), PipelineName: "My-Rings", ...times },
    });
    const ModelPackageGroupArn = arn("model-package-group/rings");
    const group = {
      ModelPackageGroupArn,
      ModelPackageGroupName: "Rings",
      ModelPackageGroupStatus: "Completed" as const,
    };
    store.modelPackageGroups.put(ModelPackageGroupArn, {
      description: { ...group, CreationTime: 1, CreatedBy: {} },
      nextVersion: 1,
    });
    setTags(ModelPackageGroupArn, [{ Key: "k", Value: "v" }], { store });
    store = reopen();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("keeps its ARNs, and finds a resource by its name and by both spellings of its ARN", () => {
    const place = { store, region };
    for (const name of ["My-Rings", arn("pipeline/My-Rings"), arn("pipeline/my-rings")])
      assert.equal(findPipeline(name, place).PipelineArn, arn("pipeline/my-rings"));
    for (const name of ["Rings", arn("model-package-group/Rings"), arn("model-package-group/rings")])
      assert.equal(findGroup(name, place).description.ModelPackageGroupArn, arn("model-package-group/rings"));
    const tagged = taggable(arn("model-package-group/Rings"), place);
    assert.deepEqual(tagsOf(tagged, place), [{ Key: "k", Value: "v" }]);
  });

  it("adds versions to a group in the spelling of the group's ARN", () => {
    const place = { store, region, now: 2, createGroup: false };
    const { ModelPackageArn } = addModelPackage({ ModelPackageGroupName: "Rings" }, place);
    assert.equal(ModelPackageArn, arn("model-package/rings/1"));
    assert.equal(findPackage("Rings/1", place).ModelPackageArn, ModelPackageArn);
    for (const group of ["Rings", arn("model-package-group/rings")])
      assert.equal(packagesOf(group, place).length, 1, group);
  });

  it("changes a resource in its own file, and accepts no second one whose name differs in case", () => {
    const pipeline = findPipeline("My-Rings", { store, region });
    store.pipelines.put(arn("pipeline/My-Rings"), { ...pipeline, PipelineDescription: "changed" });
    assert.equal(readdirSync(join(folder, "pipelines")).length, 1);
    assert.equal(findPipeline("My-Rings", { store: reopen(), region }).PipelineDescription, "changed");
    assert.throws(
      () => addGroup({ ModelPackageGroupName: "RINGS" }, { store, region, now: 2 }),
      /Model Package Group already exists/,
    );
  });
});

describe("a new resource", () => {
  it("keeps the case of its name in its ARN", async () => {
    const folder = await temporaryFolder();
    const place = { store: openStore(folder, parseDefinition), region, now: 1, createGroup: true };
    const record = addModelPackage({ ModelPackageGroupName: "Rings" }, place);
    assert.equal(record.ModelPackageArn, arn("model-package/Rings/1"));
    assert.equal(findGroup("Rings", place).description.ModelPackageGroupArn, arn("model-package-group/Rings"));
    await rm(folder, { recursive: true });
  });
});
