import assert from "node:assert/strict";
import type { ApprovedModel } from "../../../check/gate/approved-model.ts";
import { bestModel } from "../../../check/gate/best-model.ts";

function model(name: string, value?: number, splitRule = "rule/1"): ApprovedModel {
  const known = value === undefined ? {} : { value };
  return { modelPackageArn: name, modelUrl: `s3://b/${name}`, splitRule, ...known, status: "Approved" };
}

const asGood = (count: string) => [
  `The baseline is at least as good as the best of ${count}, according to their own evaluations.`,
];
const leftOut = (count: string) => [
  `${count} could not be considered as the best one, because the model, its evaluation or its metric is missing, or the split rule differs.`,
];

describe("bestModel", () => {
  const cases: readonly (readonly [
    string,
    ApprovedModel,
    readonly (ApprovedModel | undefined)[],
    string | undefined,
    readonly string[],
  ])[] = [
    ["only the baseline", model("latest", 5), [], undefined, []],
    ["a better earlier model", model("latest", 5), [model("a", 5.5), model("b", 4.5), model("c", 4.7)], "b", []],
    ["only worse earlier models", model("latest", 5), [model("a", 5.5)], undefined, asGood("1 other approved model")],
    [
      "equally good earlier models",
      model("latest", 5),
      [model("a", 5), model("b", 5)],
      undefined,
      asGood("2 other approved models"),
    ],
    [
      "a better one of another split",
      model("latest", 5),
      [model("a", 4, "rule/0")],
      undefined,
      leftOut("1 other approved model"),
    ],
    [
      "broken ones and one without the metric",
      model("latest", 5),
      [undefined, model("a"), model("b", 4)],
      "b",
      leftOut("2 other approved models"),
    ],
    [
      "a worse one and a broken one",
      model("latest", 5),
      [model("a", 6), undefined],
      undefined,
      [...asGood("1 other approved model"), ...leftOut("1 other approved model")],
    ],
    ["a baseline without a known value", model("latest"), [model("a", 9), model("b", 8)], "b", []],
    ["a perfect baseline", model("latest", 0), [model("a", 1)], undefined, asGood("1 other approved model")],
  ];
  for (const [what, baseline, others, best, notes] of cases)
    it(`finds the best model: ${what}`, () => {
      const chosen = bestModel(baseline, others, "lower");
      assert.equal(chosen.best?.modelPackageArn, best);
      assert.deepEqual(chosen.notes, notes);
    });

  it("finds the model with the highest value if a higher metric is better", () => {
    const others = [model("a", 0.8), model("b", 0.95), model("c", 0.91)];
    assert.equal(bestModel(model("latest", 0.9), others, "higher").best?.modelPackageArn, "b");
    for (const value of [0.95, 0.96]) assert.equal(bestModel(model("latest", value), others, "higher").best, undefined);
  });
});
