import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { describeData } from "../../scripts/template/described-data.ts";
import { parseTable } from "../../scripts/template/table.ts";
import { deliveries, subscriptions } from "./sample-data.ts";

const templates = [
  ["regression", "minutes", deliveries()],
  ["classification", "cancelled", subscriptions()],
] as const;

describe("the sample data of the templates", () => {
  for (const [kind, label, made] of templates)
    it(`is made by its formula, and described as own data would be: ${kind}`, () => {
      const file = (name: string) => readFileSync(join(repository, "templates", kind, name), "utf8");
      assert.equal(file("sample.csv"), made);
      assert.deepEqual(JSON.parse(file("data.json")), describeData(kind, label, parseTable(made)));
    });
});
