import assert from "node:assert/strict";
import { shownOutput, steadyLines } from "../../docs/shown-output.ts";
import { FreshClone } from "../../fresh-clone/fresh-clone.ts";

interface ReportFile {
  readonly verdict: string;
  readonly candidate?: { readonly value: number };
  readonly test?: { readonly rows: number };
  readonly notDrawn?: readonly object[];
}

describe("npm start with the abalone pipeline", function () {
  this.timeout(120_000);
  let clone: FreshClone;
  before(async () => {
    clone = await FreshClone.make("pipelines/abalone");
  });
  after(() => clone.remove());
  const report = () => clone.readJson(".local/report/report.json") as ReportFile;

  it("trains a model on the real data, draws every picture, and prints what README.md shows", async () => {
    const { code, output } = await clone.npmStart();
    assert.equal(code, 0, output);
    const { verdict, candidate, test, notDrawn } = report();
    assert.deepEqual([verdict, test?.rows, notDrawn], ["pass", 606, undefined]);
    // Seeds of this split score between 5.3 and 5.9; predicting the mean scores 10.
    const value = candidate?.value ?? 0;
    assert.ok(value > 5 && value < 6, `MSE ${value}`);
    const [, shown = ""] = shownOutput("Local endpoint at").split(/(?=Local endpoint at)/);
    const [, printed = ""] = output.split(/(?=Local endpoint at)/);
    assert.deepEqual(steadyLines(shown), steadyLines(printed));
  });

  it("rejects a model of one round with the lines that README.md shows", async () => {
    clone.edit("pipelines/abalone/pipeline.ts", "num_round: 50", "num_round: 1");
    const { code, output } = await clone.npmStart();
    assert.equal(code, 1, output);
    const printed = steadyLines(output);
    for (const line of steadyLines(shownOutput("The candidate's MSE is 8"))) assert.ok(printed.includes(line), line);
  });
});
