import assert from "node:assert/strict";
import { LineSplitter, longestLine } from "../../../../local/jobs/process/read-lines.ts";

/** Splits the chunks into lines. */
function lines(...chunks: readonly (string | Buffer)[]): string[] {
  const splitter = new LineSplitter();
  return [...chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk as string))), ...splitter.end()];
}

describe("LineSplitter", () => {
  const euro = Buffer.from("€");
  const table: readonly [string, readonly (string | Buffer)[], readonly string[]][] = [
    ["nothing", [], []],
    ["lines", ["a\nb\n\nc\n"], ["a", "b", "", "c"]],
    ["a last line without a line break", ["a\nb"], ["a", "b"]],
    ["a line in pieces", ["a", "b", "c\nd"], ["abc", "d"]],
    ["the line breaks of other systems", ["a\r\nb\rc\n\rd\r\n"], ["a", "b", "c", "", "d"]],
    ["a line break in two chunks", ["a\r", "\nb\r", "c\r\r", "\n"], ["a", "b", "c", ""]],
    ["a character in two chunks", [euro.subarray(0, 1), euro.subarray(1), "\n"], ["€"]],
    ["bytes that are not UTF-8", [Buffer.from([0xff, 10, 0x61])], ["\ufffd", "a"]],
  ];
  for (const [what, chunks, expected] of table) {
    it(`reads ${what}`, () => assert.deepEqual(lines(...chunks), expected));
  }

  it("splits a line that is too long for a log event, but never within a character", () => {
    const whole = "z".repeat(longestLine);
    assert.deepEqual(lines(`${whole}\nb`), [whole, "b"]);
    assert.deepEqual(lines(whole, "y\nb"), [whole, "y", "b"]);
    assert.deepEqual(lines(`${whole}${whole}x`), [whole, whole, "x"]);
    assert.deepEqual(lines(`${whole.slice(1)}€\n`), [whole.slice(1), "€"]);
    assert.deepEqual(
      lines(Buffer.alloc(longestLine + 1, 0x80)).map((line) => line.length),
      [longestLine, 1],
    );
  });
});
