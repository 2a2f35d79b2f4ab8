import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pythonEnvironment } from "../../../../local/jobs/python/python-environment.ts";
import { localFolders } from "../../../../scripts/local-stack/folders.ts";

type Values = Readonly<Record<string, string>>;
/** A version of the image, such as `[1, 0]`. */
type Version = readonly [number, number];

const folder = fileURLToPath(new URL("../../../../local/jobs/images/xgboost", import.meta.url));

const program = `
import json, sys
sys.path.insert(0, sys.argv[1])
from hyperparameters import InvalidHyperparameters, parse_hyperparameters
def parse(given, version=None):
    try:
        return parse_hyperparameters(given) if version is None else parse_hyperparameters(given, tuple(version))
    except InvalidHyperparameters as error:
        return str(error)
print(json.dumps([parse(*each) for each in json.loads(sys.argv[2])]))
`;

/** Parses all sets of hyperparameters in one process. Returns the values or the error of each. */
async function parseAll(given: readonly (readonly [Values, Version?])[]): Promise<readonly unknown[]> {
  const { python } = await pythonEnvironment("xgboost", { folder: localFolders.python });
  const { stdout } = await promisify(execFile)(python, ["-B", "-c", program, folder, JSON.stringify(given)]);
  return JSON.parse(stdout);
}

/** The image's own errors. For several mistakes it reports only the first, in this order. */
const refused: readonly [Values, string][] = [
  [{}, "Missing required hyperparameter: num_round"],
  [{ eta: "1.5", silent: "0" }, "Missing required hyperparameter: num_round"],
  [{ num_round: "5", eta: "1.5", silent: "0" }, "Extraneous hyperparameter found: silent"],
  [{ num_round: "5", max_cat_to_onehot: "4" }, "Extraneous hyperparameter found: max_cat_to_onehot"],
  [{ num_round: "x" }, "Hyperparameter num_round: could not parse value (caused by ValueError)"],
  [{ num_round: "1.0" }, "Hyperparameter num_round: could not parse value (caused by ValueError)"],
  [{ num_round: "0" }, "Hyperparameter num_round: 0 is not in [1, +inf)"],
  [{ num_round: "5", eta: "1.5" }, "Hyperparameter eta: 1.5 is not in [0, 1]"],
  [{ num_round: "5", learning_rate: "1.50" }, "Hyperparameter eta: 1.5 is not in [0, 1]"],
  [{ num_round: "5", eta: "nan" }, "Hyperparameter eta: nan is not in [0, 1]"],
  [{ num_round: "5", gamma: "inf" }, "Hyperparameter gamma: inf is not in [0, +inf)"],
  [{ num_round: "5", subsample: "0" }, "Hyperparameter subsample: 0.0 is not in (0, 1]"],
  [{ num_round: "5", seed: "2147483647" }, "Hyperparameter seed: 2147483647 is not in (-2147483648, 2147483647)"],
  [{ num_round: "5", booster: "x" }, "Hyperparameter booster: x is not in ['gbtree', 'gblinear', 'dart']"],
  [
    { num_round: "5", tree_method: "hist", monotone_constraints: "(1,-2)" },
    "Hyperparameter monotone_constraints: value [1, -2] not in range [-1, 0, 1]",
  ],
  [
    { num_round: "5", monotone_constraints: "(1,0)" },
    "monotone_constraints can be used only when the tree_method parameter is set to either 'exact' or 'hist'.",
  ],
  [
    { num_round: "5", interaction_constraints: "__import__('os')" },
    "Hyperparameter interaction_constraints: could not parse value (caused by ValueError)",
  ],
  [{ num_round: "5", objective: "multi:softmax" }, "Require input for parameter 'num_class' for multi-classification"],
  [
    { num_round: "5", eval_metric: "rmse,auc" },
    "Metric 'auc' can only be applied for classification and ranking problems.",
  ],
  [
    { num_round: "5", eval_metric: "mse" },
    "Hyperparameter eval_metric: mse does not run locally, as the image computes it itself; use one of XGBoost's own metrics, such as rmse",
  ],
];

const accepted: readonly [Values, unknown][] = [
  [
    { num_round: "50", max_depth: "5", eta: "0.2", objective: "reg:squarederror", seed: "42" },
    { num_round: 50, max_depth: 5, eta: 0.2, objective: "reg:squarederror", seed: 42 },
  ],
  [
    { num_round: "1", learning_rate: "1", min_split_loss: "4", reg_lambda: "2", reg_alpha: "0" },
    { num_round: 1, eta: 1, gamma: 4, lambda: 2, alpha: 0 },
  ],
  [
    { num_round: "5", eval_metric: "rmse, error@0.7" },
    { num_round: 5, eval_metric: ["rmse", "error@0.7"] },
  ],
  [
    { num_round: "5", tree_method: "hist", monotone_constraints: "(1,0,-1)" },
    { num_round: 5, tree_method: "hist", monotone_constraints: "(1,0,-1)" },
  ],
];

/** Hyperparameters that versions of the image treat differently. */
const versions: readonly [Version, Values, unknown][] = [
  [[1, 0], { num_round: "5", silent: "0" }, { num_round: 5 }],
  [[1, 0], { num_round: "5", silent: "1" }, { num_round: 5, verbosity: 0 }],
  [[1, 0], { num_round: "5", silent: "2" }, "Hyperparameter silent: 2 is not in [0, 1]"],
  [[1, 0], { num_round: "5", dsplit: "row", predictor: "cpu_predictor", sketch_eps: "0.03" }, { num_round: 5 }],
  [
    [1, 0],
    { num_round: "5", aft_loss_distribution: "normal" },
    "Extraneous hyperparameter found: aft_loss_distribution",
  ],
  [[1, 2], { num_round: "5", silent: "0" }, "Extraneous hyperparameter found: silent"],
  [[1, 2], { num_round: "5", objective: "survival:aft" }, { num_round: 5, objective: "survival:aft" }],
  [[1, 2], { num_round: "5", sampling_method: "uniform" }, "Extraneous hyperparameter found: sampling_method"],
  [
    [1, 2],
    { num_round: "5", tree_method: "gpu_hist" },
    "GPU training does not run locally; set tree_method to hist, or run this on AWS",
  ],
  [[1, 3], { num_round: "5", silent: "0" }, "Extraneous hyperparameter found: silent"],
  [[1, 3], { num_round: "5", eval_metric: "mape" }, { num_round: 5, eval_metric: ["mape"] }],
  [
    [1, 7],
    { num_round: "5", predictor: "auto", sampling_method: "uniform" },
    { num_round: 5, sampling_method: "uniform" },
  ],
  [[3, 0], { num_round: "5", predictor: "auto" }, "Extraneous hyperparameter found: predictor"],
];

describe("hyperparameters of the XGBoost image", () => {
  let outcomes: readonly unknown[];
  before(async function () {
    this.timeout(180_000);
    outcomes = await parseAll([
      ...[...refused, ...accepted].map(([given]) => [given] as const),
      ...versions.map(([version, given]) => [given, version] as const),
    ]);
  });

  refused.forEach(([given, message], index) => {
    it(`reject ${JSON.stringify(given)}`, () => assert.equal(outcomes[index], message));
  });
  accepted.forEach(([given, values], index) => {
    it(`accept ${JSON.stringify(given)}`, () => assert.deepEqual(outcomes[refused.length + index], values));
  });
  versions.forEach(([version, given, outcome], index) => {
    it(`${typeof outcome === "string" ? "reject" : "accept"} ${JSON.stringify(given)} in version ${version.join(".")}`, () =>
      assert.deepEqual(outcomes[refused.length + accepted.length + index], outcome));
  });
});
