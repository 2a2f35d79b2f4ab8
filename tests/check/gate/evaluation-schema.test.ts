import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { evaluationJsonSchema, evaluationSchema } from "../../../check/gate/evaluation-schema.ts";
import { repository } from "../../../scripts/local-stack/folders.ts";
import { codeBlocks, page } from "../../docs/pages.ts";

const published = JSON.parse(readFileSync(join(repository, "check/gate/evaluation.schema.json"), "utf8"));
const example = codeBlocks(page("docs/evaluation.md")).find(({ language }) => language === "json")?.code ?? "";

describe("evaluation.json", () => {
  it("has a published schema that is current", () => {
    const message = "npm run -s evaluation-schema > check/gate/evaluation.schema.json";
    assert.deepEqual(published, JSON.parse(JSON.stringify(evaluationJsonSchema())), message);
  });

  it("has a published schema that accepts and rejects the same documents as the check", () => {
    const schema = z.fromJSONSchema(published);
    const valid = JSON.parse(example);
    const documents: readonly (readonly [string, boolean, object])[] = [
      ["the example of the page", true, valid],
      ["no baseline", true, { ...valid, baseline: undefined, comparison: null }],
      ["another version", false, { ...valid, schema_version: 2 }],
      ["no rows", false, { ...valid, test: { ...valid.test, rows: undefined } }],
      ["a short hash", false, { ...valid, model: { sha256: "0a" } }],
      ["a bound that is text", false, { ...valid, comparison: { ...valid.comparison, lower_95: "0" } }],
      ["a small sketch", false, { ...valid, sketches: { ...valid.sketches, size: 100 } }],
    ];
    for (const [what, isValid, document] of documents)
      for (const each of [schema, evaluationSchema])
        assert.equal(each.safeParse(JSON.parse(JSON.stringify(document))).success, isValid, what);
  });
});
