import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { kinds } from "../../scripts/template/described-data.ts";

describe("features.py", () => {
  // Each new pipeline owns its copy, so the templates cannot share one file.
  it("is the same in every template", () => {
    const texts = kinds.map((kind) => readFileSync(join(repository, "templates", kind, "features.py"), "utf8"));
    assert.equal(new Set(texts).size, 1);
  });
});
