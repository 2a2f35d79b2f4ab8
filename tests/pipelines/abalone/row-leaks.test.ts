import assert from "node:assert/strict";
import { rejectedTrials } from "../../../bench/row-leaks.ts";

describe("the check of the rows, on changed copies of the abalone data", function () {
  this.timeout(60_000);
  const trials = 10;
  let rejected: ReadonlyMap<string, number>;
  before(async () => {
    rejected = await rejectedTrials(trials);
  });

  it("accepts every baseline if the split is that of the pipeline", () => {
    for (const scenario of ["hash, reordered", "hash, grown"]) assert.equal(rejected.get(scenario), 0, scenario);
  });

  it("accepts every baseline if the rows repeat each other by chance", () => {
    assert.equal(rejected.get("few different rows"), 0);
  });

  it("rejects every baseline if the split goes by the number of the row or shuffles with a seed", () => {
    for (const scenario of ["number, reordered", "shuffle, reordered", "shuffle, grown"])
      assert.equal(rejected.get(scenario), trials, scenario);
  });

  it("rejects nearly every baseline that was trained on 2 % of the test rows", () => {
    assert.ok((rejected.get("leak of 2 %") ?? 0) >= trials - 1);
  });
});
