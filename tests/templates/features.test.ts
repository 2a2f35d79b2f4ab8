import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { repository } from "../../scripts/local-stack/folders.ts";
import { kinds } from "../../scripts/template/described-data.ts";
import { pythons } from "../local/pythons.ts";

describe("features.py", () => {
  // Each new pipeline owns its copy, so the templates cannot share one file.
  it("is the same in every template", () => {
    const texts = kinds.map((kind) => readFileSync(join(repository, "templates", kind, "features.py"), "utf8"));
    assert.equal(new Set(texts).size, 1);
  });

  it("names the row and the column of a bad cell in a request", async function () {
    this.timeout(60_000);
    const { xgboost } = await pythons();
    const program = [
      "import features",
      'kinds = {"size": "number", "colour": ["red", "blue"]}',
      'for text in ["1,red\\nbig,blue", "1,green", "1"]:',
      "    try:",
      "        features.read_rows(text, kinds)",
      "    except ValueError as error:",
      "        print(error)",
    ].join("\n");
    const cwd = join(repository, "templates", "regression");
    const { stdout } = await promisify(execFile)(xgboost, ["-B", "-c", program], { cwd });
    assert.deepEqual(stdout.trim().split("\n"), [
      "row 2: column size: 'big' is not a number; correct it, or list the column's texts in data.json",
      "row 1: column colour: 'green' is unknown; correct it, or add it to data.json, which lists red, blue",
      "row 1: 1 cells; expected 2: size, colour",
    ]);
  });
});
