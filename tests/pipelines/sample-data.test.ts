import assert from "node:assert/strict";
import { sampleDataProblem } from "../../pipelines/sample-data.ts";

const sha256 = "0".repeat(64);
const packaged = { package: "data", version: "1.0", wheelSha256: sha256, member: "data/x.txt", sha256, name: "x.csv" };

describe("sample data", () => {
  it("is valid if it is absent, a file, or a file in a package", () => {
    for (const valid of [undefined, new URL("sample.csv", import.meta.url), packaged])
      assert.equal(sampleDataProblem(valid), undefined);
  });

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    [
      "an address on the web",
      new URL("https://example.com/x.csv"),
      /^sampleData is https:.*, which is not a file; write/,
    ],
    ["a path", "sample.csv", /^sampleData is "sample\.csv"; write new URL\("sample\.csv", import\.meta\.url\)/],
    ["nothing", null, /^sampleData is null; write/],
    [
      "a package without a version",
      { ...packaged, version: undefined },
      /^sampleData\.version is undefined; give a ver/,
    ],
    ["an option as a package", { ...packaged, package: "--index-url" }, /^sampleData\.package is "--index-url"; give/],
    ["a short hash", { ...packaged, sha256: "abc" }, /^sampleData\.sha256 is "abc"; give the SHA-256 of the file/],
    ["a path as a name", { ...packaged, name: "../x.csv" }, /^sampleData\.name is "\.\.\/x\.csv"; give a file name/],
  ];
  for (const [what, value, message] of wrong)
    it(`is rejected if it is ${what}`, () => assert.match(sampleDataProblem(value) ?? "", message));
});
