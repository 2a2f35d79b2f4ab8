import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { outputFiles } from "../../../../local/jobs/transfer/output-files.ts";
import { filesOf } from "../../../../local/jobs/transfer/s3-transfer.ts";
import { temporaryFolder } from "../../local-aws.ts";

describe("outputFiles", () => {
  let root: string;
  let count = 0;
  before(async () => {
    root = await temporaryFolder();
  });
  after(() => rm(root, { recursive: true }));

  /** Creates an output folder with files and links, which the job sees as /opt/ml/processing/out. */
  function made(files: readonly string[], links: { readonly [name: string]: string } = {}) {
    const optMl = join(root, `${count++}`);
    const folder = join(optMl, "processing/out");
    const beside = join(optMl, "processing/in/secret");
    for (const path of [beside, ...files.map((name) => join(folder, name))]) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, path);
    }
    mkdirSync(folder, { recursive: true });
    for (const [name, to] of Object.entries(links)) symlinkSync(to, join(folder, name));
    return { optMl, folder };
  }

  const accepted: readonly [string, Parameters<typeof made>, { readonly [name: string]: string }][] = [
    ["an empty folder", [[]], {}],
    ["files in folders", [["b", "a/c", "a-b"]], { "a-b": "a-b", "a/c": "a/c", b: "b" }],
    ["a link beside its file", [["a"], { z: "a", y: "z" }], { a: "a", y: "a", z: "a" }],
    [
      "a link to an absolute path of the job",
      [["s/a"], { z: "/opt/ml/processing/out/s/a" }],
      { "s/a": "s/a", z: "s/a" },
    ],
    ["a link to a folder", [["s/a"], { z: "./s" }], { "s/a": "s/a", "z/a": "s/a" }],
    ["a name with non-ASCII characters", [["ä ö/€"]], { "ä ö/€": "ä ö/€" }],
  ];
  for (const [what, tree, expected] of accepted) {
    it(`lists ${what}`, async () => {
      const { folder, optMl } = made(...tree);
      const files = await outputFiles(folder, optMl);
      const content = files.map(({ name, path }) => [name, readFileSync(path, "utf8").slice(folder.length + 1)]);
      assert.deepEqual(content, Object.entries(expected));
    });
  }

  const refused: readonly [string, Parameters<typeof made>, RegExp][] = [
    ["a link to another file of the job", [[], { z: "/opt/ml/processing/in/secret" }], /link \S+out\/z leads out of /],
    [
      "a link to a file of this machine",
      [[], { z: "/etc/passwd" }],
      /link \S+out\/z leads out of \/opt\/ml\/processing\/out:/,
    ],
    ["a relative link out of the folder", [[], { z: "../in" }], /leads out of/],
    [
      "a link to a missing file",
      [[], { z: "none" }],
      /the link \/opt\/ml\/processing\/out\/z leads to a file that does not exist$/,
    ],
    ["two links to each other", [[], { y: "z", z: "y" }], /leads to a file that does not exist$/],
    ["a link to its own folder", [["a"], { z: "." }], /leads in a circle$/],
  ];
  for (const [what, tree, message] of refused) {
    it(`rejects ${what}`, async () => {
      const { folder, optMl } = made(...tree);
      await assert.rejects(outputFiles(folder, optMl), (error: Error) => {
        assert.match(error.message, /^ClientError: Artifact upload failed: /);
        assert.match(error.message, message);
        assert.ok(!error.message.includes(root), "no path of this machine");
        return true;
      });
    });
  }

  it("rejects a name that is not UTF-8", async () => {
    const { folder, optMl } = made(["a"]);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/b`), Buffer.from([0xff])]), "");
    await assert.rejects(outputFiles(folder, optMl), /the name 'b\\xff' in \/opt\/ml\/processing\/out is not UTF-8/);
    await assert.rejects(filesOf(folder), /the name 'b\ufffd' is not UTF-8/);
  });

  it("rejects a folder that was deleted", async () => {
    const { folder, optMl } = made([]);
    rmSync(folder, { recursive: true });
    await assert.rejects(
      outputFiles(folder, optMl),
      /^Error: ClientError: Artifact upload failed: the output folder \/opt\/ml\/processing\/out is gone: leave it in its place$/,
    );
  });
});
