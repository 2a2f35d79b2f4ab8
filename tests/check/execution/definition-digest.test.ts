import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sourceFolder } from "#language";
import { codeAddresses, codeDigest, definitionDigest } from "../../../check/execution/definition-digest.ts";
import { hasContentOfAddress } from "../../../check/provenance/code-content.ts";
import { sourceArchive } from "../../../infra/source-archive.ts";

const [a, b] = ["a".repeat(64), "b".repeat(64)];

describe("definitionDigest", () => {
  it("ignores white space and the order of keys, but nothing else", () => {
    const hash = definitionDigest('{"Steps":[{"Name":"A","Type":"Fail"}],"Version":"1"}');
    assert.equal(definitionDigest('{ "Version": "1",\n "Steps": [{"Type":"Fail","Name":"A"}] }'), hash);
    for (const other of ['{"Steps":[{"Name":"B","Type":"Fail"}],"Version":"1"}', '{"Steps":[],"Version":"1"}'])
      assert.notEqual(definitionDigest(other), hash);
  });
});

describe("codeAddresses and codeDigest", () => {
  it("find each code address once: in a URI, in JSON within JSON, as a folder", () => {
    const text = JSON.stringify({
      one: `s3://bucket/p/code/${b}/evaluate.py`,
      again: [`s3://bucket/p/code/${b}/evaluate.py`],
      within: JSON.stringify(`s3://bucket/p/code/${a}/sourcedir.tar.gz`),
      folder: `s3://bucket/p/code/${a}`,
      data: `s3://bucket/p/data/${a}/crickets.csv`,
    });
    assert.deepEqual(codeAddresses(text), [
      { uri: `s3://bucket/p/code/${a}`, sha256: a },
      { uri: `s3://bucket/p/code/${a}/sourcedir.tar.gz`, sha256: a },
      { uri: `s3://bucket/p/code/${b}/evaluate.py`, sha256: b },
    ]);
  });

  it("return one hash, which changes when any code changes", () => {
    const one = codeDigest(JSON.stringify([`s3://b/code/${a}/x.py`]));
    assert.notEqual(codeDigest(JSON.stringify([`s3://b/code/${b}/x.py`])), one);
    assert.match(one, /^[0-9a-f]{64}$/);
  });
});

describe("hasContentOfAddress", () => {
  const script = Buffer.from("print('hello')\n");
  const hash = createHash("sha256").update(script).digest("hex");

  it("compares a file byte for byte with the hash in its address", async () => {
    assert.equal(await hasContentOfAddress("x.py", hash, script), true);
    assert.equal(await hasContentOfAddress("x.py", hash, Buffer.from("print('other')\n")), false);
  });

  it("compares the files of an archive with the hash in the address of a source folder", async () => {
    const folder = mkdtempSync(join(tmpdir(), "source-"));
    mkdirSync(join(folder, "package"));
    writeFileSync(join(folder, "train.py"), script);
    writeFileSync(join(folder, "run.sh"), "#!/bin/sh\n", { mode: 0o755 });
    writeFileSync(join(folder, "package", "ä.py"), "");
    const code = sourceFolder(pathToFileURL(`${folder}/`), { bucket: "b", prefix: "p" });
    const archive = readFileSync(sourceArchive(code, `${folder}-made/`));
    assert.equal(await hasContentOfAddress("sourcedir.tar.gz", code.sha256, archive), true);
    assert.equal(await hasContentOfAddress("sourcedir.tar.gz", hash, archive), false);
    for (const broken of [archive.subarray(0, 40), Buffer.from("no archive"), Buffer.alloc(0)])
      assert.equal(await hasContentOfAddress("sourcedir.tar.gz", code.sha256, broken), false);
    for (const made of [folder, `${folder}-made`]) rmSync(made, { recursive: true });
  });
});
