import assert from "node:assert/strict";
import { landingPlace } from "../../../../local/jobs/transfer/landing-place.ts";

const refused: readonly (readonly [string, RegExp])[] = [
  ["../a", /it leaves its folder/],
  ["a/../b", /it leaves its folder/],
  ["/etc/passwd", /it leaves its folder/],
  ["..", /it leaves its folder/],
  ["a/.", /it leaves its folder/],
  ["", /it leaves its folder/],
  ["a\0b", /a file's name cannot contain NUL/],
  [`a/${"n".repeat(256)}`, /is longer than 255 bytes/],
];

describe("landingPlace", () => {
  it("returns a path below the folder", () => {
    assert.equal(landingPlace("/jobs/1", "a/b ü/..c", "p/a/b ü/..c"), "/jobs/1/a/b ü/..c");
  });

  for (const [path, message] of refused)
    it(`rejects ${JSON.stringify(path.slice(0, 12))} and names the key`, () => {
      assert.throws(
        () => landingPlace("/jobs/1", path, `p/${path}`),
        (error: Error) => {
          assert.match(error.message, message);
          assert.ok(error.message.startsWith(`ClientError: the key ${JSON.stringify(`p/${path}`)} cannot be`));
          return true;
        },
      );
    });
});
