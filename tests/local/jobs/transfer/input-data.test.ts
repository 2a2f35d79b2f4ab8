import assert from "node:assert/strict";
import { resourceConfig } from "../../../../local/jobs/resource-config.ts";
import { checkInputData, type InputData, manifestObjects } from "../../../../local/jobs/transfer/input-data.ts";

describe("input data", () => {
  const refused: readonly [Partial<InputData>, RegExp][] = [
    [{ mode: "Pipe" }, /^the channel train is read in Pipe mode, which does not run locally: use File mode/],
    [{ type: "AugmentedManifestFile" }, /^the channel train is an AugmentedManifestFile.*use a ManifestFile/],
    [{ compression: "Gzip" }, /^the channel train has the compression type Gzip, which is for Pipe mode only/],
  ];
  for (const [data, message] of refused) {
    it(`is rejected: ${JSON.stringify(data)}`, () =>
      assert.throws(() => checkInputData("the channel train", { uri: "s3://b/k", ...data }), { message }));
  }

  it("is accepted in the modes File and FastFile", () => {
    for (const mode of [undefined, "File", "FastFile"]) {
      checkInputData("the channel train", { uri: "s3://b/k", type: "ManifestFile", mode, compression: "None" });
    }
  });

  it("is placed under the paths in its manifest", () => {
    assert.deepEqual(manifestObjects("s3://b/m", '[{"prefix": "s3://b/some/"}, "a.csv", "sub/b.csv"]'), {
      bucket: "b",
      objects: [
        { key: "some/a.csv", path: "a.csv" },
        { key: "some/sub/b.csv", path: "sub/b.csv" },
      ],
    });
  });

  for (const text of ["", "{}", "[]", '["a"]', '[{"prefix": "s3://b/"}, 1]']) {
    it(`is rejected with an invalid manifest: ${text}`, () =>
      assert.throws(
        () => manifestObjects("s3://b/m", text),
        /^Error: ClientError: the manifest s3:\/\/b\/m is not a JSON list/,
      ));
  }
});

describe("resourceConfig", () => {
  it("has one host", () => {
    assert.deepEqual(resourceConfig("ml.m5.large", 1), {
      current_host: "algo-1",
      current_instance_type: "ml.m5.large",
      current_group_name: "homogeneousCluster",
      hosts: ["algo-1"],
      instance_groups: [{ instance_group_name: "homogeneousCluster", instance_type: "ml.m5.large", hosts: ["algo-1"] }],
      network_interface_name: "lo",
    });
  });

  it("rejects more than one instance", () =>
    assert.throws(() => resourceConfig("ml.m5.large", 2), /InstanceCount of 2, but locally/));
});
