import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Header, type HeaderData } from "tar";
import { checkArchive } from "../../../../local/jobs/transfer/check-archive.ts";

/** Creates an archive from headers. The content of the files is zeros. */
function archive(...entries: HeaderData[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const header = new Header({ mode: 0o644, size: 0, mtime: new Date(0), ...entry });
    header.encode();
    return [header.block ?? Buffer.alloc(0), Buffer.alloc(Math.ceil((entry.size ?? 0) / 512) * 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const file = (path: string, size = 3): HeaderData => ({ path, size, type: "File" });
const link = (path: string, linkpath: string): HeaderData => ({ path, linkpath, type: "SymbolicLink" });
const hardLink = (path: string, linkpath: string): HeaderData => ({ path, linkpath, type: "Link" });

const cases: readonly (readonly [string, Buffer, RegExp | undefined])[] = [
  ["files and folders", archive({ path: "./code/", type: "Directory" }, file("./code/train.py"), file("a")), undefined],
  [
    "links within its folder",
    archive(file("a/b"), link("a/c", "b"), link("a/d", "../a/b"), hardLink("e", "a/b")),
    undefined,
  ],
  ["no entries", archive(), undefined],
  ["an absolute name", archive(file("/etc/passwd")), /"\/etc\/passwd" leaves its folder/],
  ["a name that leaves the folder", archive(file("a/../../b")), /"a\/\.\.\/\.\.\/b" leaves its folder/],
  [
    "a link out of its folder",
    archive(link("a/b", "../../x")),
    /"a\/b" is a link that leaves its folder, to "\.\.\/\.\.\/x"/,
  ],
  ["an absolute link", archive(link("a", "/etc")), /"a" is a link that leaves its folder, to "\/etc"/],
  ["a hard link out of its folder", archive(hardLink("a/b/c", "../x")), /"a\/b\/c" is a link that leaves its folder/],
  [
    "a file that is written through a link",
    archive(link("a", "b"), file("a/c")),
    /"a\/c" is written through the link a/,
  ],
  ["a device", archive({ path: "null", type: "CharacterDevice", devmaj: 1, devmin: 3 }), /"null" is a CharacterDevice/],
  ["a pipe", archive({ path: "p", type: "FIFO" }), /"p" is a FIFO/],
  ["too many bytes", archive(file("a", 600), file("b", 600)), /unpacked it has more than 1000 bytes/],
  ["too many entries", archive(...["a", "b", "c", "d", "e", "f"].map((name) => file(name))), /more than 5 entries/],
  ["text instead of gzip", Buffer.from("no archive at all"), /is not a \.tar\.gz archive/],
  ["its end missing", archive(file("a", 900)).subarray(0, 40), /is not a \.tar\.gz archive/],
];

describe("checkArchive", () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), "archive-"))));
  after(() => rm(folder, { recursive: true }));

  for (const [what, content, refused] of cases)
    it(`${refused === undefined ? "accepts" : "rejects"} an archive with ${what}`, async () => {
      const path = join(folder, "a.tar.gz");
      await writeFile(path, content);
      const check = checkArchive(path, "model.tar.gz", { bytes: 1000, entries: 5 });
      if (refused === undefined) await check;
      else await assert.rejects(check, { message: refused });
    });

  it("stops reading an archive bomb at the limit", async () => {
    const path = join(folder, "bomb.tar.gz");
    // The header claims 1 TB without content, so reading on would fail with another error.
    await writeFile(path, archive({ ...file("zeros", 0), size: 0 }, file("a")).subarray(0, 0));
    const header = new Header({ path: "zeros", type: "File", size: 1024 ** 4, mode: 0o644, mtime: new Date(0) });
    header.encode();
    await writeFile(path, gzipSync(header.block ?? Buffer.alloc(0)));
    await assert.rejects(checkArchive(path, "bomb"), {
      message: /^ClientError: bomb is rejected: unpacked it has more than/,
    });
  });
});
