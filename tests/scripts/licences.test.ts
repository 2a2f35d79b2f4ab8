import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unacceptedLicences } from "../../scripts/licences/unaccepted-licences.ts";
import { repository } from "../../scripts/local-stack/folders.ts";

describe("the licences of the dependencies", () => {
  it("are all accepted", () => {
    const { packages } = JSON.parse(readFileSync(join(repository, "package-lock.json"), "utf8"));
    assert.ok(Object.keys(packages).length > 100);
    assert.deepEqual(unacceptedLicences(packages), []);
  });

  it("are accepted if one alternative is, but not a copyleft licence outside of development", () => {
    const of = (license: string | undefined, dev = false) =>
      unacceptedLicences({
        "node_modules/a/node_modules/@b/c": { ...(license === undefined ? {} : { license }), dev },
      });
    assert.deepEqual(of("(GPL-3.0-only OR MIT)"), []);
    assert.deepEqual(of("MIT AND Apache-2.0"), []);
    assert.deepEqual(of("AGPL-3.0-or-later", true), []);
    assert.deepEqual(of("AGPL-3.0-or-later"), ["@b/c has the licence AGPL-3.0-or-later."]);
    assert.deepEqual(of("MIT AND GPL-3.0-only"), ["@b/c has the licence MIT AND GPL-3.0-only."]);
    assert.deepEqual(of(undefined, true), ["@b/c has the licence none, and is for development only."]);
  });
});
