import assert from "node:assert/strict";
import { compareRows } from "../../../check/gate/compare-rows.ts";
import { sketched, someRows } from "./sketched-rows.ts";

const [train, test, more] = [someRows(2938, 1), someRows(606, 2), someRows(500, 3)];
const candidate = sketched(train, test);

describe("compareRows", () => {
  it("accepts a model of the same split, also before the table grew", () => {
    for (const approved of [
      candidate,
      sketched(train.slice(500), test.slice(100)),
      sketched([...train, ...more], test),
    ])
      assert.deepEqual(compareRows("baseline", candidate, approved), { notes: [] });
  });

  it("rejects a model that was trained on test rows, and says how many and what to do", () => {
    const { problem } = compareRows("baseline", candidate, sketched([...train, ...test.slice(0, 300)], more));
    const [, rows] =
      /^about (\d+) of the 606 test rows are training rows of the baseline, so its score on them is too good: split the data by a hash of each row, and give --baseline none$/.exec(
        problem ?? "",
      ) ?? assert.fail(problem);
    assert.ok(Math.abs(Number(rows) - 300) < 100, rows);
    const best = compareRows("best", candidate, sketched([...train, ...test], more)).problem;
    assert.match(best ?? "", /training rows of the best, .* and reject that model$/);
  });

  it("rejects a model with other columns, because its rows cannot be compared", () => {
    const { problem } = compareRows("baseline", candidate, sketched(train, test, ["a", "b"]));
    assert.match(
      problem ?? "",
      /^the rows could not be compared with those of the baseline, whose columns were a, b instead/,
    );
  });

  it("mentions old test rows that are training rows now", () => {
    const { problem, notes } = compareRows("baseline", candidate, sketched(train.slice(500), train.slice(0, 400)));
    assert.equal(problem, undefined);
    assert.match(notes.join(), /^About (3\d\d|4\d\d) of the 400 test rows of the baseline are training rows now\.$/);
  });

  it("mentions that it could not compare the rows if sketches are missing or of another hash", () => {
    const unknown = "The check could not tell whether the best model was trained on these test rows, because ";
    for (const [own, others, why] of [
      [undefined, candidate, "the evaluation has no sketches of the rows."],
      [candidate, undefined, "the evaluation of that model has no sketches of the rows."],
      [candidate, { ...candidate, hash: "hash/2" }, "its rows have another hash."],
    ] as const)
      assert.deepEqual(compareRows("best", own, others), { notes: [`${unknown}${why}`] });
  });
});
