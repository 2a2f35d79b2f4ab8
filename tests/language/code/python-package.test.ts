import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { codeAssets, pipeline, renderDefinition, scriptProcessingStep } from "#language";

describe("a Python package of a step", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "packages-"));
    writeFileSync(join(folder, "script.py"), "import one, two\n");
    for (const name of ["one", "two", "no"]) mkdirSync(join(folder, name));
    for (const name of ["one", "two"]) writeFileSync(join(folder, name, "__init__.py"), `NAME = "${name}"\n`);
  });
  after(() => rmSync(folder, { recursive: true }));

  const stepWith = (...names: readonly string[]) =>
    scriptProcessingStep("S", {
      context: { bucket: "b", prefix: "p", roleArn: "arn:aws:iam::123456789012:role/r" },
      image: "i",
      instances: { type: "ml.m5.large" },
      script: pathToFileURL(join(folder, "script.py")),
      packages: names.map((name) => ({ name, folder: pathToFileURL(`${join(folder, name)}/`) })),
      request: { Environment: { MODE: "fast" } },
    });
  const rendered = (...names: readonly string[]) => {
    const made = pipeline("P", { steps: [stepWith(...names)] });
    const { Environment, ProcessingInputs } = (renderDefinition(made).Steps[0]?.Arguments ?? {}) as {
      readonly Environment: unknown;
      readonly ProcessingInputs: readonly {
        readonly InputName: string;
        readonly S3Input: { readonly S3Uri: string };
      }[];
    };
    return { assets: codeAssets(made), Environment, ProcessingInputs };
  };

  it("is one more input of the job, and PYTHONPATH names its archive", () => {
    const { assets, Environment, ProcessingInputs } = rendered("one", "two");
    const folders = "/opt/ml/processing/input";
    assert.deepEqual(Environment, { PYTHONPATH: `${folders}/one/one.zip:${folders}/two/two.zip`, MODE: "fast" });
    assert.deepEqual(
      ProcessingInputs.map(({ InputName, S3Input }) => [InputName, S3Input.S3Uri.replace(/[0-9a-f]{64}/, "SHA")]),
      [
        ["code", "s3://b/p/code/SHA/script.py"],
        ["one", "s3://b/p/code/SHA/one.zip"],
        ["two", "s3://b/p/code/SHA/two.zip"],
      ],
    );
    for (const asset of assets.filter(({ kind }) => kind === "bytes"))
      assert.equal(
        asset.sha256,
        createHash("sha256")
          .update("content" in asset ? asset.content : "")
          .digest("hex"),
      );
  });

  it("gets another address when a file of it changes, and the old one when the file is restored", () => {
    const uri = () => rendered("one").ProcessingInputs[1]?.S3Input.S3Uri;
    const first = uri();
    writeFileSync(join(folder, "one", "more.py"), "");
    assert.notEqual(uri(), first);
    rmSync(join(folder, "one", "more.py"));
    mkdirSync(join(folder, "one", "__pycache__"));
    writeFileSync(join(folder, "one", "__pycache__", "more.pyc"), "");
    assert.equal(uri(), first);
  });

  it("is rejected without an __init__.py", () => {
    writeFileSync(join(folder, "no", "module.py"), "");
    assert.throws(
      () => stepWith("no"),
      /no\/, the Python package no of a step, has no __init__\.py; create it or correct/,
    );
  });

  it("adds nothing to a step without packages", () => {
    const { Environment, ProcessingInputs } = rendered();
    assert.deepEqual([Environment, ProcessingInputs.length], [{ MODE: "fast" }, 1]);
  });
});
