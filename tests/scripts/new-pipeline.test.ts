import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipelineNames } from "../../pipelines/catalog.ts";
import { repository } from "../../scripts/local-stack/folders.ts";
import { WarmCommands } from "../fresh-clone/warm-command.ts";

describe("npm run new-pipeline", function () {
  this.timeout(60_000);
  const commands = new WarmCommands();
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "new-pipeline-"));
    writeFileSync(join(folder, "latin1.csv"), Buffer.from("a,b\n\xe9,1\n", "latin1"));
    writeFileSync(join(folder, "short.csv"), "a,b\n1,2\n");
  });
  after(() => {
    commands.stop();
    rmSync(folder, { recursive: true });
  });

  const [existing = ""] = pipelineNames();
  const own = (name: string) => ["new", "--data", join(tmpdir(), name), "--label", "b"];
  const rejected: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["no name", [], /^The name is missing: npm run new-pipeline -- NAME\.\n$/],
    ["two names", ["one", "two"], /^Give one name, not 2: one two\.\n$/],
    [
      "the name of a folder",
      [existing],
      /^pipelines\/\S+ exists; choose another name, or delete that folder first\.\n$/,
    ],
    ["the same name in capitals", [existing.toUpperCase()], /^pipelines\/\S+ exists; choose another name/],
    ["a path", ["../new"], /^"\.\.\/new" is not a pipeline name; use letters and digits, with - between them\.\n$/],
    ["a name that ends with -", ["new-"], /^"new-" is not a pipeline name/],
    ["a long name", ["n".repeat(41)], /^n+ has 41 characters; use at most 40\.\n$/],
    ["a kind", ["new", "--kind", "ranking"], /^--kind is "ranking"; give regression or classification\.\n$/],
    [
      "data without a label",
      own("x.csv").slice(0, 3),
      /^--data is given without --label; give the column to predict, too\.\n$/,
    ],
    ["a label without data", ["new", "--label", "b"], /^--label is given without --data; give the CSV file, too\.\n$/],
    ["a missing file", own("no.csv"), /^--data \S+no\.csv cannot be read \(ENOENT\); give a CSV file\.\n$/],
  ];
  for (const [what, args, message] of rejected)
    it(`rejects ${what} with exit code 2, and changes nothing`, async () => {
      const places = ["pipelines", "tests/pipelines"];
      const before = places.map((place) => readdirSync(join(repository, place)));
      const { code, stdout, stderr } = await commands.run("new-pipeline", args);
      assert.match(stderr, message);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.deepEqual(
        places.map((place) => readdirSync(join(repository, place))),
        before,
      );
    });

  it("names the file and what is wrong with it", async () => {
    const stderr = async (name: string) => {
      const args = ["new", "--data", join(folder, name), "--label", "b"];
      return (await commands.run("new-pipeline", args)).stderr.replace(folder, "");
    };
    assert.equal(await stderr("latin1.csv"), "--data /latin1.csv: it is not a text in UTF-8; convert it.\n");
    assert.equal(await stderr("short.csv"), "--data /short.csv: it has 1 rows; give at least 120.\n");
  });
});
