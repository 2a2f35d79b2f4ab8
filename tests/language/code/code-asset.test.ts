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

  it("has an S3 key with the SHA-256 of its content", () => {
    const sha256 = createHash("sha256").update("print(1)\n").digest("hex");
    assert.equal(asset("a.py", "print(1)\n").s3Uri, `s3://b/p/code/${sha256}/a.py`);
  });

  it("gets a new S3 URI when its content changes, and the old one when the content is restored", () => {
    const first = asset("a.py", "print(1)\n").s3Uri;
    assert.notEqual(asset("a.py", "print(2)\n").s3Uri, first);
    assert.equal(asset("a.py", "print(1)\n").s3Uri, first);
  });

  it("reports the path of a missing file", () => {
    assert.throws(
      () => codeAsset(pathToFileURL(join(folder, "no.py")), location),
      /no\.py, the script of a step, cannot be read \(ENOENT\); create it/,
    );
  });

  it("changes the hash of a folder when a file's name, content or place changes", () => {
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
      // The same bytes in the same order, but divided differently between name and content.
      program({ "main.p": "ya", "lib/x.py": "b" }),
    ];
    assert.equal(new Set([first, ...others].map(({ sha256 }) => sha256)).size, 6);
  });

  it("reports a folder that is empty, missing or without the entry point", () => {
    const empty = mkdtempSync(join(folder, "empty-"));
    assert.throws(() => sourceFolder(pathToFileURL(`${empty}/`), location), /empty-.* has no files; add the program/);
    assert.throws(
      () => sourceFolder(pathToFileURL(`${empty}/no/`), location),
      /no\/, the source folder of a step, cannot be read \(ENOENT\)/,
    );
    writeFileSync(join(empty, "a.py"), "");
    const source = { folder: pathToFileURL(`${empty}/`), entryPoint: "b.py" };
    const job = { context: { ...location, roleArn: "r" }, image: "i", instances: { type: "ml.m5.large" } } as const;
    assert.throws(
      () => scriptProcessingStep("S", { ...job, source }),
      /empty-.* has no b\.py, the entry point of a step/,
    );
    assert.throws(() => scriptTrainingStep("S", { ...job, source, region: "eu-west-1" }), /has no b\.py/);
  });

  it("puts the files of a step beside its script", () => {
    const file = (name: string) => pathToFileURL(join(folder, name));
    asset("main.py", "import more\n");
    const alone = asset("more.py", "").sha256;
    const job = { context: { ...location, roleArn: "r" }, image: "i", instances: { type: "ml.m5.large" } } as const;
    const code = { script: file("main.py"), files: [file("more.py")] };
    const { assets = [] } = scriptProcessingStep("S", { ...job, ...code });
    const [, prefix = ""] = /^(.*)\/main\.py$/.exec(assets[0]?.key ?? "") ?? [];
    assert.deepEqual(
      assets.map(({ key }) => key),
      [`${prefix}/main.py`, `${prefix}/more.py`],
    );
    assert.notEqual(prefix, `p/code/${alone}`, "the prefix depends on all files");
    const [archive] = scriptTrainingStep("S", { ...job, ...code, region: "eu-west-1" }).assets ?? [];
    assert.deepEqual(archive?.kind === "folder" && archive.files, ["main.py", "more.py"]);
    mkdirSync(join(folder, "other"));
    assert.throws(
      () => scriptTrainingStep("S", { ...job, ...code, files: [file("other/more.py")], region: "eu-west-1" }),
      /other\/more\.py, a file of a step, is not beside .*main\.py; move it there$/,
    );
  });

  it("gives a text an S3 key with the hash of the text", () => {
    const text = textAsset("a.json", "{}", location);
    assert.equal(text.s3Uri, `s3://b/p/code/${createHash("sha256").update("{}").digest("hex")}/a.json`);
    assert.equal(text.text, "{}");
  });
});
