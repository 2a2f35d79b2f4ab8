import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { imageTables, readImageTable } from "../../../../local/jobs/images/image-table.ts";
import { localImage } from "../../../../local/jobs/images/local-image.ts";
import { ImagePythons } from "../../../../local/jobs/python/image-pythons.ts";
import { temporaryFolder } from "../../local-aws.ts";

const settings = {
  images: [],
  unknownImages: "run" as const,
  pythons: new ImagePythons({ xgboost: "/env/bin/python", folder: "/nowhere", log: () => {} }),
};
const host = "683313688378.dkr.ecr.us-east-1.amazonaws.com";

describe("localImage", () => {
  const generations: readonly [string, string, string][] = [
    ["0.90-2-cpu-py3", "0.90-2", "pickle"],
    ["1.0-1", "1.0-1", "pickle"],
    ["1.0-1-cpu-py3", "1.0-1", "pickle"],
    ["1.2-2", "1.2-2", "pickle"],
    ["1.3-1", "1.3-1", "booster"],
    ["1.7-1", "1.7-1", "booster"],
    ["3.0-5", "3.0-5", "booster"],
    ["latest", "3.0-5", "booster"],
  ];
  for (const [tag, version, model] of generations) {
    it(`chooses the generation ${version} for the tag ${tag}`, async () => {
      const image = await localImage(`${host}/sagemaker-xgboost:${tag}`, settings);
      assert.deepEqual([image.generation?.version, image.generation?.model], [version, model]);
      assert.equal(image.algorithm?.at(-1), version);
      assert.match(image.description, /runs locally in the environment of sagemaker-xgboost 3\.0-5\.$/);
      assert.match(
        image.generation?.description ?? "",
        new RegExp(`^The algorithm behaves as that of version ${version}`),
      );
    });
  }

  it("returns no algorithm for an image that runs only scripts", async () => {
    const image = await localImage(`${host}/sagemaker-scikit-learn:2.0-1-cpu-py3`, settings);
    assert.deepEqual([image.algorithm, image.python], [undefined, "/env/bin/python"]);
  });

  it("chooses the environment of the image's packages, and the module of its toolkit", async () => {
    const named = { python: async (name: string) => `/${name}/bin/python` } as unknown as ImagePythons;
    const images: readonly (readonly [string, string, RegExp])[] = [
      ["sagemaker-scikit-learn:0.23-1-cpu-py3", "scikit-learn-1.2", /^sagemaker_sklearn_container/],
      ["sagemaker-scikit-learn:1.4-2-cpu-py3", "scikit-learn-1.4", /^sagemaker_sklearn_container/],
      ["sagemaker-xgboost:1.7-1", "xgboost", /^sagemaker_xgboost_container/],
      ["tensorflow-training:2.14-cpu-py310", "tensorflow", /^sagemaker_tensorflow_container/],
    ];
    for (const [name, environment, module] of images) {
      const { python, frameworkModule } = await localImage(`${host}/${name}`, { ...settings, pythons: named });
      assert.equal(python, `/${environment}/bin/python`);
      assert.match(frameworkModule, module);
    }
  });

  it("prefers the user's table, which names images by repository, tag or the whole URI", async () => {
    const table = [
      { image: `${host}/mine:2.*`, python: "/a/bin/python" },
      { image: "mine:1.*", python: "/b/bin/python", algorithm: "xgboost" as const },
      { image: "mine", python: "/c/bin/python" },
      { image: "sagemaker-xgboost:1.0-1*", python: "/old/bin/python", algorithm: "xgboost" as const },
    ];
    const python = async (uri: string) =>
      (await localImage(uri, { ...settings, images: table, unknownImages: "refuse" })).python;
    assert.equal(await python(`${host}/mine:2.5`), "/a/bin/python");
    assert.equal(await python("elsewhere/mine:1.5"), "/b/bin/python");
    assert.equal(await python("elsewhere/mine@sha256:0"), "/c/bin/python");
    assert.equal(await python(`${host}/sagemaker-xgboost:1.0-1-cpu-py3`), "/old/bin/python");
    assert.equal(await python(`${host}/sagemaker-xgboost:1.7-1`), "/env/bin/python");
    await assert.rejects(python(`${host}/my-mine`), /the image .*\/my-mine does not run locally; images that do: /);
  });
});

describe("an image that no table knows", () => {
  const run = (uri: string) => localImage(uri, settings);

  it("runs in the default environment, and says so", async () => {
    for (const uri of ["111122223333.dkr.ecr.us-east-1.amazonaws.com/churn:1", "ghcr.io/octo/pca-tool"]) {
      const { python, algorithm, description, warning } = await run(uri);
      assert.deepEqual([python, algorithm, description], ["/env/bin/python", undefined, warning]);
      assert.match(
        warning ?? "",
        /^The image \S+ is not known here\. Its script runs in the environment of sagemaker-xgboost/,
      );
    }
  });

  it("is refused if it is one of AWS's, but not if it only has such a name in the own account", async () => {
    const ofAws = [
      "kmeans:1",
      "pytorch-training:2.1",
      "sagemaker-spark-processing:3.1",
      "huggingface-pytorch-training:2",
    ];
    for (const name of ofAws) await assert.rejects(run(`${host}/${name}`), /does not run locally/);
    assert.ok((await run("123456789012.dkr.ecr.us-east-1.amazonaws.com/kmeans:1")).warning);
  });

  it("is refused with --unknown-images refuse", () =>
    assert.rejects(localImage(`${host}/churn`, { ...settings, unknownImages: "refuse" }), /does not run locally/));
});

describe("the table of images", () => {
  let folder: string;
  const write = async (content: unknown) => {
    const file = join(folder, "images.json");
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };
  before(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder, "env"));
    await writeFile(join(folder, "env", "python"), "");
  });
  after(() => rm(folder, { recursive: true }));

  it("names Pythons relative to its own file", async () => {
    const file = await write([
      { image: "a", python: "env/python" },
      { image: "b", python: "xgboost", algorithm: "xgboost" },
    ]);
    assert.deepEqual(readImageTable(file), [
      { image: "a", python: join(folder, "env", "python") },
      { image: "b", python: "xgboost", algorithm: "xgboost" },
    ]);
    assert.equal(imageTables(file, file).length, 4);
    assert.deepEqual(imageTables(undefined, join(folder, "none.json")), []);
  });

  const wrong: readonly [string, unknown, RegExp][] = [
    ["text that is not JSON", "{", /not readable as JSON/],
    ["a value that is not a list", {}, /the file: .*expected array.*; it is a list of/],
    ["an entry without a Python", [{ image: "a" }], /0\.python: /],
    ["an unknown key", [{ image: "a", python: "xgboost", pyton: "" }], /Unrecognized key.*pyton/],
    ["another algorithm", [{ image: "a", python: "xgboost", algorithm: "lightgbm" }], /0\.algorithm: /],
    [
      "a Python that does not exist",
      [{ image: "a", python: "nowhere/python" }],
      /the Python .*nowhere\/python of a does not exist/,
    ],
  ];
  for (const [what, content, message] of wrong) {
    it(`is rejected with ${what}`, async () => {
      const file = await write(content);
      assert.throws(() => readImageTable(file), { name: "LocalError", code: "usage", message });
    });
  }
});
