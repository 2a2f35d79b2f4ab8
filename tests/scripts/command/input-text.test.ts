import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExitError } from "../../../exit-code.ts";
import { inputText } from "../../../scripts/command/input-text.ts";

describe("inputText", () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "text-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("reads the whole file and removes a byte order mark", () => {
    // A character of two bytes crosses the border between two reads.
    const text = `${"x".repeat(1024 * 1024 - 1)}é${"y".repeat(2_000_000)}`;
    writeFileSync(file("long"), `\uFEFF${text}`);
    assert.ok(inputText("from", file("long")) === text);
    writeFileSync(file("empty"), "");
    assert.equal(inputText("from", file("empty")), "");
  });

  const refused: readonly (readonly [string, () => string, RegExp])[] = [
    ["does not exist", () => file("none"), /^--from .*none cannot be read \(ENOENT\); give a file, or - for/],
    ["is a folder", () => folder, /cannot be read \(EISDIR\); give a file/],
    ["has no end", () => "/dev/zero", /^--from \/dev\/zero has more than 64 MB; check that this is the right file\.$/],
    ["has 3 GB", () => file("large"), /has more than 64 MB; check/],
    ["has a name of two lines", () => file("a\nb"), /a\\u\{a\}b cannot be read/],
  ];
  for (const [what, path, message] of refused)
    it(`exits with 2 for a file that ${what}`, () => {
      writeFileSync(file("large"), "");
      truncateSync(file("large"), 3 * 1024 ** 3);
      assert.throws(
        () => inputText("from", path()),
        (error) => error instanceof ExitError && error.code === 2 && message.test(error.message),
      );
    });
});
