import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { pythons } from "../../local/pythons.ts";

/** The classes of Python tests in the files beside this one, and what they say of the package. */
const classes = {
  CanonicalValues: "gives equal values and equal rows the same text",
  Splits: "splits a table so that rows keep their part",
  Sketches: "makes sketches of the rows of each part",
  Tables: "reads tables and names the place of each problem",
  Page: "runs the scripts of docs/evaluation.md",
  Syntax: "runs in the oldest Python of AWS's images",
  Metrics: "computes the metrics of scikit-learn",
  Comparisons: "compares two models by a paired t test",
  Evaluations: "writes evaluations, or ends with the exit code of the problem",
} as const;

describe("the Python package model_evaluation", function () {
  this.timeout(120_000);
  let failures: Readonly<Record<string, readonly string[]>>;

  before(async () => {
    const { xgboost } = await pythons();
    const env = { PATH: process.env["PATH"], LANG: "C", OMP_NUM_THREADS: "1" };
    const { stdout } = await promisify(execFile)(xgboost, ["-B", join(import.meta.dirname, "run-tests.py")], { env });
    failures = JSON.parse(stdout);
  });

  for (const [name, event] of Object.entries(classes))
    it(event, () => {
      const failed = failures[name] ?? [`there is no class ${name}`];
      assert.equal(failed.length, 0, failed.join("\n"));
    });

  it("has no other tests", () => {
    assert.deepEqual(Object.keys(failures).sort(), Object.keys(classes).sort());
  });
});
