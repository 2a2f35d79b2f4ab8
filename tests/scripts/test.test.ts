import assert from "node:assert/strict";
import { mochaArguments } from "../../scripts/testing/mocha-arguments.ts";
import { testFiles } from "../../scripts/testing/test-files.ts";
import { command } from "../fresh-clone/command-line.ts";

describe("npm test", function () {
  this.timeout(30_000);

  const places: readonly (readonly [place: string, file: string, others: RegExp])[] = [
    ["scripts/command", "tests/scripts/command/options.test.ts", /^tests\/scripts\/command\//],
    ["tests/scripts", "tests/scripts/command/options.test.ts", /^tests\/scripts\//],
    ["./tests/scripts/command/", "tests/scripts/command/options.test.ts", /^tests\/scripts\/command\//],
    ["language", "tests/language/render.test.ts", /^tests\/language\//],
    ["language/render.test.ts", "tests/language/render.test.ts", /render/],
    ["language/render", "tests/language/render.test.ts", /render/],
    ["tests/language/render.test.ts", "tests/language/render.test.ts", /render/],
    ["tests/**/options.test.ts", "tests/scripts/command/options.test.ts", /options\.test\.ts$/],
    ["scripts/*/options*", "tests/scripts/command/options.test.ts", /options\.test\.ts$/],
    [".", "tests/language/render.test.ts", /^tests\//],
  ];
  for (const [place, file, others] of places)
    it(`finds the test files of ${place}`, () => {
      const files = testFiles(place);
      assert.ok(files.includes(file), files.join("\n"));
      for (const other of files) assert.match(other, others);
    });

  for (const place of ["no-such-folder", "tests/reporter.ts", "scripts/imports/*.ts", "../..", "/"])
    it(`rejects ${place}, which has no test file`, () => {
      assert.throws(() => testFiles(place), { code: 2, message: /^\S+ has no test file: give a folder or a file/ });
    });

  it("separates mocha's options from folders and files", () => {
    const args = [
      "--grep",
      "language",
      "local/iam",
      "-g",
      "x",
      "--bail",
      "infra",
      "--timeout=5",
      "a.test.ts",
      "-j",
      "2",
    ];
    const options = ["--grep", "language", "-g", "x", "--bail", "--timeout=5", "-j", "2"];
    assert.deepEqual(mochaArguments(args), { places: ["local/iam", "infra", "a.test.ts"], options });
  });

  it("runs the given files, even in parallel, and ends with the slowest files and the counts", async () => {
    const args = ["scripts/command", "--grep", "options of a command", "--parallel"];
    const { code, stdout } = await command("test", args);
    assert.equal(code, 0, stdout);
    const slowest =
      /\nThe slowest files.*:\n( +\d+\.\d {2}tests\/scripts\/command\/\S+\n){1,2}\n[1-9]\d* passed, 0 failed\n$/;
    assert.match(stdout, slowest);
  });

  it("exits with 2 and one line for a folder without tests", async () => {
    const { code, stdout, stderr } = await command("test", ["languages"]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^languages has no test file: .*\n$/);
  });
});
