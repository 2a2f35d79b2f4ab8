import assert from "node:assert/strict";
import { jsonGet, propertyFile } from "../../language/expressions/json-get.ts";
import { gateProblem, type JudgedGate } from "../../pipelines/gate-problem.ts";

const at = (path: string) => ({ value: jsonGet(propertyFile("Evaluate", "Report", "evaluation", "e.json"), path) });
const gate: JudgedGate = {
  ...at("regression_metrics.mse.value"),
  ...{ direction: "lower", loss: "squared_error", minimumRows: 100, tolerance: { relative: 0.02, absolute: 0 } },
};

describe("a gate", () => {
  const good: readonly (readonly [string, Partial<JudgedGate>])[] = [
    ["the crickets pipeline's values", {}],
    [
      "accuracy, for which higher is better",
      { direction: "higher", ...at("multiclass_classification_metrics.accuracy.value") },
    ],
    ["a custom metric", { ...at("mean-pinball-loss"), loss: "pinball_loss" }],
    ["a metric whose name only begins like a rejected one", at("metrics.aucuba.value")],
    ["a metric whose name only ends like a rejected one", at("metrics.not_recall.value")],
    ["two rows", { minimumRows: 2 }],
    ["tolerances of 0", { tolerance: { relative: 0, absolute: 0 } }],
  ];
  for (const [what, changes] of good)
    it(`is valid with ${what}`, () => assert.equal(gateProblem({ ...gate, ...changes }), undefined));

  for (const metric of [
    ...["auc", "AUC", "rmse", "r2", "f1", "f2", "f0_5", "precision", "weighted_recall", "weighted_f0_5"],
    ...["recall_best_constant_classifier", "true_positive_rate", "false_negative_rate"],
  ])
    it(`is rejected with ${metric}, which is not a mean over the rows`, () => {
      const problem = gateProblem({ ...gate, ...at(`metrics.${metric}.value`) }) ?? "";
      assert.match(problem, new RegExp(`^gate\\.value is ${metric}, which is not the mean .* use mse, mae`));
      for (const path of [metric, `metrics.${metric}`])
        assert.equal(gateProblem({ ...gate, ...at(path) }), problem, "with or without a name for the value");
    });

  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ["an invalid direction", { direction: "up" }, /^gate\.direction is "up"; give "lower" or "higher"/],
    ["a path with an index", at("metrics[0].mse"), /^gate\.value has the path metrics\[0\]\.mse; give names/],
    ["a path with a gap", at("metrics..mse"), /^gate\.value has the path metrics\.\.mse/],
    ["an empty path", at(""), /^gate\.value has the path ; /],
    ["an empty loss", { loss: "" }, /^gate\.loss is empty/],
    ["a minimum of one row", { minimumRows: 1 }, /^gate\.minimumRows is 1; give a whole number of at least 2/],
    ["a minimum that is not a whole number", { minimumRows: 100.5 }, /^gate\.minimumRows is 100\.5/],
    [
      "a negative relative tolerance",
      { tolerance: { relative: -0.1, absolute: 0 } },
      /^gate\.tolerance\.relative is -0\.1/,
    ],
    ["a negative absolute tolerance", { tolerance: { relative: 0, absolute: -1 } }, /^gate\.tolerance\.absolute is -1/],
  ];
  for (const [what, changes, message] of wrong)
    it(`is rejected with ${what}`, () =>
      assert.match(gateProblem({ ...gate, ...changes } as JudgedGate) ?? "", message));
});
