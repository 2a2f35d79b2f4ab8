"""Checks hyperparameters like AWS's XGBoost image, with the image's own messages.

The allowed hyperparameters depend on the version of the image. A version is a tuple such as (1, 0) or (3, 0).

Sources: https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost_hyperparameters.html and the image's own validation,
https://github.com/aws/sagemaker-xgboost-container (algorithm_mode/hyperparameter_validation.py), and its pull requests 134
(1.2: no more `silent`, `survival:aft`, GPUs), 192 (1.3: `mape`, `save_model`) and 272 (1.3: `sampling_method`).
"""

import ast
import math


class InvalidHyperparameters(Exception):
    """A hyperparameter that the image rejects."""


class Interval:
    """An interval of numbers. Its text is that of the image: `(0, 1]`, `[1, +inf)`."""

    def __init__(self, low=-math.inf, high=math.inf, low_open=False, high_open=False):
        self.low, self.high = low, high
        self.low_open, self.high_open = low_open or low == -math.inf, high_open or high == math.inf

    def __contains__(self, value):
        above = self.low < value if self.low_open else self.low <= value
        below = value < self.high if self.high_open else value <= self.high
        return above and below

    def __str__(self):
        high = "+inf" if self.high == math.inf else self.high
        return f"{'(' if self.low_open else '['}{self.low}, {high}{')' if self.high_open else ']'}"


class Metrics(list):
    """The metrics of XGBoost. Three of them may have a threshold, such as `error@0.7`."""

    def __contains__(self, value):
        name, at, threshold = value.partition("@")
        if not at:
            return super().__contains__(value)
        return name in ("error", "ndcg", "map") and threshold.rstrip("-").replace(".", "", 1).isdigit()


def integer(*ends, **kinds):
    return int, Interval(*ends, **kinds), False


def real(*ends, **kinds):
    return float, Interval(*ends, **kinds), False


def one_of(*values):
    return str, list(values), False


def some_of(parse, values):
    return parse, values, True


def comma_separated(text):
    return [item.strip() for item in text.split(",")]


def nested(text):
    """Returns the integers in a literal such as `(1, 0, -1)` or `[[1, 2], [3]]`. Raises ValueError."""
    try:
        numbers = [number for item in ast.literal_eval(text) for number in (item if isinstance(item, list) else [item])]
    except (SyntaxError, TypeError) as error:
        raise ValueError(text) from error
    if not all(isinstance(number, int) for number in numbers):
        raise ValueError(text)
    return numbers


METRICS = Metrics(
    [
        "aft-nloglik", "auc", "aucpr", "cox-nloglik", "error", "gamma-deviance", "gamma-nloglik",
        "interval-regression-accuracy", "logloss", "mae", "map", "mape", "merror", "mlogloss", "mphe", "ndcg",
        "poisson-nloglik", "rmse", "rmsle", "tweedie-nloglik",
    ]
)  # fmt: skip
MAXIMIZED = {"auc", "aucpr", "map", "ndcg"}
# Metrics that XGBoost does not have. The image computes them with scikit-learn.
METRICS_OF_THE_IMAGE = {
    "accuracy", "balanced_accuracy", "f1", "f1_binary", "f1_macro", "mse", "precision", "precision_macro",
    "precision_micro", "r2", "recall", "recall_macro", "recall_micro",
}  # fmt: skip

HYPERPARAMETERS = {
    "num_round": integer(1),
    "csv_weights": integer(0, 1),
    "early_stopping_rounds": integer(1),
    "save_model_on_termination": one_of("true", "false"),
    "booster": one_of("gbtree", "gblinear", "dart"),
    "verbosity": integer(0, 3),
    "nthread": integer(1),
    "seed": integer(-(2**31), 2**31 - 1, low_open=True, high_open=True),
    "base_score": real(0),
    "objective": one_of(
        "aft_loss_distribution", "binary:logistic", "binary:logitraw", "binary:hinge", "count:poisson",
        "multi:softmax", "multi:softprob", "rank:pairwise", "rank:ndcg", "rank:map", "reg:linear", "reg:squarederror",
        "reg:logistic", "reg:gamma", "reg:pseudohubererror", "reg:squaredlogerror", "reg:tweedie", "survival:aft",
        "survival:cox",
    ),  # fmt: skip
    "num_class": integer(2),
    "eval_metric": some_of(comma_separated, METRICS),
    "eta": real(0, 1),
    "gamma": real(0),
    "max_depth": integer(0),
    "min_child_weight": real(0),
    "max_delta_step": real(0),
    "subsample": real(0, 1, low_open=True),
    "sampling_method": one_of("uniform", "gradient_based"),
    "colsample_bytree": real(0, 1, low_open=True),
    "colsample_bylevel": real(0, 1, low_open=True),
    "colsample_bynode": real(0, 1, low_open=True),
    "lambda": real(0),
    "alpha": real(0),
    "lambda_bias": real(0, 1),
    "tree_method": one_of("auto", "exact", "approx", "hist"),
    "scale_pos_weight": real(0, low_open=True),
    "updater": some_of(
        comma_separated,
        [
            "grow_colmaker", "distcol", "grow_histmaker", "grow_local_histmaker", "grow_quantile_histmaker",
            "grow_skmaker", "sync", "refresh", "prune", "shotgun", "coord_descent",
        ],
    ),  # fmt: skip
    "refresh_leaf": integer(0, 1),
    "process_type": one_of("default", "update"),
    "grow_policy": one_of("depthwise", "lossguide"),
    "max_leaves": integer(0),
    "max_bin": integer(0),
    "num_parallel_tree": integer(1),
    "interaction_constraints": some_of(nested, Interval(1)),
    "monotone_constraints": some_of(nested, [-1, 0, 1]),
    "sample_type": one_of("uniform", "weighted"),
    "normalize_type": one_of("tree", "forest"),
    "rate_drop": real(0, 1),
    "one_drop": integer(0, 1),
    "skip_drop": real(0, 1),
    "tweedie_variance_power": real(1, 2, low_open=True, high_open=True),
    "aft_loss_distribution": one_of("normal", "logistic", "extreme"),
    "aft_loss_distribution_scale": real(0),
}

NEWEST = (3, 0)

AFT = {"aft_loss_distribution", "aft_loss_distribution_scale"}
AFT_OBJECTIVES = {"aft_loss_distribution", "survival:aft", "reg:pseudohubererror"}
AFT_METRICS = {"aft-nloglik", "interval-regression-accuracy", "mphe"}

# Hyperparameters that XGBoost 3 has removed. They are checked, but have no effect, as in newer versions of XGBoost itself.
GONE = {"silent", "sketch_eps", "dsplit", "predictor"}


def hyperparameters_of(version):
    """Returns the hyperparameters of a version of the image, each with its allowed values."""
    if version >= NEWEST:
        return HYPERPARAMETERS
    known = dict(HYPERPARAMETERS)
    known["sketch_eps"] = real(0, 1, low_open=True, high_open=True)
    known["dsplit"] = one_of("row", "col")
    known["predictor"] = one_of("auto", "cpu_predictor", "gpu_predictor")
    known["tree_method"] = one_of("auto", "exact", "approx", "hist", "gpu_hist")
    metrics, objectives = METRICS, HYPERPARAMETERS["objective"][1]
    if version < (1, 3):
        del known["sampling_method"]
        metrics = [metric for metric in metrics if metric != "mape"]
    if version < (1, 2):
        known["silent"] = integer(0, 1)
        known["predictor"] = one_of("cpu_predictor")
        known["tree_method"] = HYPERPARAMETERS["tree_method"]
        for name in AFT:
            del known[name]
        metrics = [metric for metric in metrics if metric not in AFT_METRICS]
        objectives = [objective for objective in objectives if objective not in AFT_OBJECTIVES]
    known["eval_metric"] = some_of(comma_separated, Metrics(metrics))
    known["objective"] = one_of(*objectives)
    return known


# The constraints, each with the tree methods that support it.
CONSTRAINTS = {"monotone_constraints": ["exact", "hist"], "interaction_constraints": ["exact", "hist", "approx"]}

# Other names that the container accepts for a hyperparameter.
ALIASES = {"learning_rate": "eta", "min_split_loss": "gamma", "reg_lambda": "lambda", "reg_alpha": "alpha"}


def parse_value(known, name, given):
    if name not in known:
        raise InvalidHyperparameters(f"Extraneous hyperparameter found: {name}")
    parse, _, _ = known[name]
    try:
        return parse(given)
    except ValueError as error:
        raise InvalidHyperparameters(f"Hyperparameter {name}: could not parse value (caused by ValueError)") from error


def check_range(known, name, value):
    _, values, several = known[name]
    if several and any(item not in values for item in value):
        raise InvalidHyperparameters(f"Hyperparameter {name}: value {value} not in range {values}")
    if not several and value not in values:
        raise InvalidHyperparameters(f"Hyperparameter {name}: {value} is not in {values}")


def check_together(values):
    if values.get("objective") in ("multi:softmax", "multi:softprob") and "num_class" not in values:
        raise InvalidHyperparameters("Require input for parameter 'num_class' for multi-classification")
    objective = values.get("objective", "reg:squarederror")
    if "auc" in values.get("eval_metric", []) and not objective.startswith(("binary:", "rank:")):
        raise InvalidHyperparameters("Metric 'auc' can only be applied for classification and ranking problems.")
    for name, methods in CONSTRAINTS.items():
        if name in values and values.get("tree_method") not in methods:
            options = ", ".join(f"'{method}'" for method in methods[:-1]) + f" or '{methods[-1]}'"
            raise InvalidHyperparameters(
                f"{name} can be used only when the tree_method parameter is set to either {options}."
            )


def parse_hyperparameters(given, version=NEWEST):
    """Parses the hyperparameters `given` (strings, as SageMaker passes them) like a version of the image.

    Raises InvalidHyperparameters for the first problem, in the image's own order: num_round is missing, or a hyperparameter is
    unknown, cannot be parsed or is out of range.
    """
    named = {ALIASES.get(name, name): value for name, value in given.items()}
    if "num_round" not in named:
        raise InvalidHyperparameters("Missing required hyperparameter: num_round")
    known = hyperparameters_of(version)
    values = {name: parse_value(known, name, value) for name, value in named.items()}
    foreign = METRICS_OF_THE_IMAGE.intersection(values.get("eval_metric", []))
    if foreign:
        raise InvalidHyperparameters(
            f"Hyperparameter eval_metric: {', '.join(sorted(foreign))} does not run locally, as the image computes it "
            "itself; use one of XGBoost's own metrics, such as rmse"
        )
    for name, value in values.items():
        check_range(known, name, value)
    check_together(values)
    if "gpu" in values.get("tree_method", "") + values.get("predictor", ""):
        raise InvalidHyperparameters("GPU training does not run locally; set tree_method to hist, or run this on AWS")
    # Passes constraints and updaters to XGBoost as texts, because XGBoost parses them itself.
    texts = {name: named[name] for name in ("updater", *CONSTRAINTS) if name in named}
    taken = {name: value for name, value in {**values, **texts}.items() if name not in GONE}
    if values.get("silent") == 1:
        taken.setdefault("verbosity", 0)
    return taken
