import assert from "node:assert/strict";
import { rowOverlap, trainedTestRows } from "../../../check/gate/row-overlap.ts";
import { hashGenerator, sketched, someRows } from "./sketched-rows.ts";

/** Returns how often a check out of 100 finds that the other model was trained on `leaked` of 606 test rows. */
function found(leaked: number): number {
  const trials = Array.from({ length: 100 }, (_, trial) => {
    const [test, own, other] = [someRows(606, 3 * trial), someRows(2938, 3 * trial + 1), someRows(2938, 3 * trial + 2)];
    const candidate = sketched(own, test);
    const baseline = sketched([...other.slice(leaked), ...test.slice(0, leaked)], []);
    return trainedTestRows(candidate.test, candidate.train, baseline.train);
  });
  return trials.filter((rows) => rows > 0).length;
}

describe("rowOverlap", () => {
  it("counts exactly if both sketches have all rows", () => {
    const rows = someRows(900, 1);
    assert.deepEqual(rowOverlap(sketched(rows, []).train, sketched(rows.slice(300), []).train), {
      sampled: 900,
      found: 600,
    });
    assert.deepEqual(rowOverlap(sketched([], []).train, sketched(rows, []).train), { sampled: 0, found: 0 });
  });

  it("estimates the share of large sets from the rows below the limit of both sketches", () => {
    const rows = someRows(40_000, 2);
    for (const [from, share] of [
      [0, 1],
      [10_000, 0.75],
      [39_000, 0.025],
    ] as const) {
      const { sampled, found } = rowOverlap(sketched(rows, []).train, sketched(rows.slice(from), []).train);
      assert.ok(sampled >= 1000 || from === 0, `${sampled} rows are known`);
      assert.ok(Math.abs(found / sampled - share) < 4 * Math.sqrt((share * (1 - share) + 1e-9) / sampled), `${share}`);
    }
  });
});

describe("trainedTestRows", () => {
  it("finds no row in 100 of 100 trials without a leak, and more leaks the larger they are", () => {
    assert.equal(found(0), 0);
    const [one, two] = [found(6), found(12)];
    assert.ok(one > 85 && one < 98, `${one} of 100 leaks of 1 %`);
    assert.ok(two >= 98, `${two} of 100 leaks of 2 %`);
  });

  it("estimates the number of rows", () => {
    const [test, train] = [someRows(2000, 1), someRows(9000, 2)];
    const { test: tested, train: own } = sketched(train, test);
    const estimate = trainedTestRows(tested, own, sketched([...someRows(8000, 3), ...test.slice(0, 1000)], []).train);
    assert.ok(Math.abs(estimate - 1000) < 300, String(estimate));
  });

  const known = someRows(200_000, 0);

  /** Returns the sketches of rows that are drawn anew from `kinds` different rows, as in a table with few columns. */
  const drawn = (kinds: number, rows: number, seed: number) => {
    const random = hashGenerator(seed);
    const draw = (count: number) =>
      Array.from({ length: count }, () => known[Number.parseInt(random().slice(0, 8), 16) % kinds] ?? "");
    return sketched(draw(rows), draw(Math.round(rows / 5)));
  };

  it("finds nothing in tables with few different rows, where test rows repeat training rows by chance", () => {
    for (const kinds of [50, 1000, 5000, 20_000, known.length])
      for (let trial = 0; trial < 20; trial++) {
        const candidate = drawn(kinds, 3000, 2 * trial);
        const baseline = drawn(kinds, trial % 2 === 0 ? 3000 : 6000, 2 * trial + 1);
        assert.equal(trainedTestRows(candidate.test, candidate.train, baseline.train), 0, `${kinds}, ${trial}`);
      }
  });

  it("finds a baseline that was trained on every test row, although rows repeat each other by chance", () => {
    for (const kinds of [5000, 20_000]) {
      const [candidate, [test, other]] = [drawn(kinds, 3000, 1), [someRows(600, 8), someRows(2400, 9)]];
      const own = sketched([...other, ...test.slice(0, 60)], test);
      assert.ok(trainedTestRows(own.test, own.train, sketched([...test, ...other], []).train) > 400);
      assert.equal(trainedTestRows(candidate.test, candidate.train, candidate.train), 0);
    }
  });
});
