import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { codeAsset, scriptProcessingStep, scriptTrainingStep, sourceFolder, textAsset } from "#language";

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

  it("of a folder has another address for other names, contents and places, and the same for the same", () => {
    const program = (files: Readonly<Record<string, string>>) => {
      const root = mkdtempSync(join(folder, "program-"));
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), content);
      }
      return sourceFolder(pathToFileURL(`${root}/`), location);
    };
    const first = program({ "main.py": "a", "lib/x.py": "b" });
    assert.deepEqual(first.files, ["lib/x.py", "main.py"]);
    assert.equal(first.s3Uri, `s3://b/p/code/${first.sha256}/sourcedir.tar.gz`);
    assert.equal(program({ "main.py": "a", "lib/x.py": "b", "__pycache__/main.pyc": "c" }).sha256, first.sha256);
    const others = [
      program({ "main.py": "b", "lib/x.py": "b" }),
      program({ "main.py": "a", "lib/y.py": "b" }),
      program({ "main.py": "a", "x.py": "b" }),
      program({ "main.py": "a" }),
      // The same bytes one after the other, cut elsewhere.
      program({ "main.p": "ya", "lib/x.py": "b" }),
    ];
    assert.equal(new Set([first, ...others].map(({ sha256 }) => sha256)).size, 6);
  });

  it("of a folder says what is wrong with it", () => {
    const empty = mkdtempSync(join(folder, "empty-"));
    assert.throws(() => sourceFolder(pathToFileURL(`${empty}/`), location), /empty-.* has no files: a step names it/);
    assert.throws(() => sourceFolder(pathToFileURL(`${empty}/no/`), location), /no\/ cannot be read \(ENOENT\)/);
    writeFileSync(join(empty, "a.py"), "");
    const source = { folder: pathToFileURL(`${empty}/`), entryPoint: "b.py" };
    const job = { context: { ...location, roleArn: "r" }, image: "i", instances: { type: "ml.m5.large" } } as const;
    assert.throws(() => scriptProcessingStep("S", { ...job, source }), /empty-.* has no b\.py: a step names it/);
    assert.throws(() => scriptTrainingStep("S", { ...job, source, region: "eu-west-1" }), /has no b\.py/);
  });

  it("of a text is that text under its own address", () => {
    const text = textAsset("a.json", "{}", location);
    assert.equal(text.s3Uri, `s3://b/p/code/${createHash("sha256").update("{}").digest("hex")}/a.json`);
    assert.equal(text.text, "{}");
  });
});
