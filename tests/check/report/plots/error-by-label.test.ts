import assert from "node:assert/strict";
import { errorByLabel } from "../../../../check/report/plots/error-by-label.ts";

describe("the error by label", () => {
  const of = (actual: readonly number[], candidate: readonly number[], baseline?: readonly number[]) =>
    errorByLabel({ label: "rings", testRows: actual.length, actual, candidate, ...(baseline && { baseline }) });

  it("is the root mean squared error of the rows with the same label", () => {
    assert.deepEqual(of([2, 1, 2, 2], [3, 1.5, 2, 4], [2, 1, 2, 2]), [
      { at: 1, rows: 1, candidate: 0.5, baseline: 0 },
      { at: 2, rows: 3, candidate: Math.sqrt(5 / 3), baseline: 0 },
    ]);
  });

  it("omits the baseline if there is none", () => {
    assert.deepEqual(of([1], [1]), [{ at: 1, rows: 1, candidate: 0 }]);
  });

  it("groups many labels into ranges, with each row in one range", () => {
    const actual = Array.from({ length: 1001 }, (_, index) => index / 10);
    const groups = of(actual, actual);
    assert.equal(groups.length, 40);
    assert.equal(
      groups.reduce((sum, { rows }) => sum + rows, 0),
      1001,
    );
    assert.equal(groups[0]?.at, 1.25);
  });
});
