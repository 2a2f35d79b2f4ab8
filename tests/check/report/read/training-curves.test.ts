import assert from "node:assert/strict";
import { trainingCurves } from "../../../../check/report/read/read-training.ts";

describe("trainingCurves", () => {
  const logs: readonly (readonly [string, readonly string[], ReturnType<typeof trainingCurves>])[] = [
    [
      "of XGBoost, among other lines",
      [
        "INFO: train",
        "[0]\ttrain-rmse:8.5\tvalidation-rmse:9",
        "noise [3] here",
        "[1]\ttrain-rmse:7e-1\tvalidation-rmse:8",
      ],
      {
        rounds: [0, 1],
        curves: [
          { name: "train-rmse", values: [8.5, 0.7] },
          { name: "validation-rmse", values: [9, 8] },
        ],
      },
    ],
    [
      "with a time in front, and tabs as CloudWatch has them",
      ["[12:00:00] [0]#011train-rmse:3#011validation-rmse:4"],
      {
        rounds: [0],
        curves: [
          { name: "train-rmse", values: [3] },
          { name: "validation-rmse", values: [4] },
        ],
      },
    ],
    [
      "in which a round was printed twice",
      ["[0]\ta:3", "[1]\ta:2", "[1]\ta:1"],
      { rounds: [0, 1], curves: [{ name: "a", values: [3, 1] }] },
    ],
    ["in another order", ["[2]\ta:1", "[1]\ta:2"], { rounds: [1, 2], curves: [{ name: "a", values: [2, 1] }] }],
    [
      "in which a round lacks a metric",
      ["[0]\ta:1\tb:2", "[1]\ta:1", "[2]\ta:3\tb:4"],
      {
        rounds: [0, 2],
        curves: [
          { name: "a", values: [1, 3] },
          { name: "b", values: [2, 4] },
        ],
      },
    ],
    [
      "in which a value is not a number",
      ["[0]\ta:nan", "[1]\ta:1"],
      { rounds: [1], curves: [{ name: "a", values: [1] }] },
    ],
    ["without rounds", ["epoch 1", "loss: 3"], undefined],
    ["that is empty", [], undefined],
  ];
  for (const [what, lines, expected] of logs)
    it(`reads a log ${what}`, () => assert.deepEqual(trainingCurves(lines), expected));

  it("thins out many rounds but keeps the last one", () => {
    const lines = Array.from({ length: 5001 }, (_, index) => `[${index}]\ta:${index}`);
    const { rounds = [] } = trainingCurves(lines) ?? {};
    assert.ok(rounds.length <= 501, `${rounds.length} rounds`);
    assert.equal(rounds.at(-1), 5000);
  });
});
