import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { codeAsset } from "../../../pipelines/sagemaker/index.ts";

describe("a code asset", () => {
  const location = { bucket: "b", prefix: "p" };
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "assets-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const asset = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return codeAsset(pathToFileURL(join(folder, name)), location);
  };

  it("is addressed by the SHA-256 of its content", () => {
    const sha256 = createHash("sha256").update("print(1)\n").digest("hex");
    assert.equal(asset("a.py", "print(1)\n").s3Uri, `s3://b/p/code/${sha256}/a.py`);
  });

  it("has another address when its content changes, and the old one when it changes back", () => {
    const first = asset("a.py", "print(1)\n").s3Uri;
    assert.notEqual(asset("a.py", "print(2)\n").s3Uri, first);
    assert.equal(asset("a.py", "print(1)\n").s3Uri, first);
  });

  it("names the file that is missing", () => {
    assert.throws(
      () => codeAsset(pathToFileURL(join(folder, "no.py")), location),
      /no\.py cannot be read \(ENOENT\): a step names it/,
    );
  });
});
