"""The hyperparameters that AWS's XGBoost image takes, each with its values, and the image's messages for others.

Source: https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost_hyperparameters.html
"""

import math


class InvalidHyperparameters(Exception):
    """A hyperparameter that the image refuses."""


def integer(low=-math.inf, high=math.inf):
    return int, lambda value: low <= value <= high, interval(low, high)


def real(low=-math.inf, high=math.inf, low_open=False, high_open=False):
    def inside(value):
        return (low < value if low_open else low <= value) and (value < high if high_open else value <= high)

    return float, inside, interval(low, high, low_open, high_open)


def one_of(*values):
    return str, lambda value: value in values, str(list(values))


def text():
    return str, lambda value: True, ""


def interval(low, high, low_open=False, high_open=False):
    left, right = "(" if low_open or low == -math.inf else "[", ")" if high_open or high == math.inf else "]"
    return f"{left}{low}, {high}{right}"


HYPERPARAMETERS = {
    "num_round": integer(1),
    "csv_weights": integer(0, 1),
    "early_stopping_rounds": integer(1),
    "save_model_on_termination": one_of("true", "false"),
    "booster": one_of("gbtree", "gblinear", "dart"),
    "verbosity": integer(0, 3),
    "nthread": integer(1),
    "seed": integer(),
    "seed_per_iteration": one_of("true", "false"),
    "base_score": real(),
    "objective": one_of(
        "aft_survival", "binary:hinge", "binary:logistic", "binary:logitraw", "count:poisson", "multi:softmax",
        "multi:softprob", "rank:map", "rank:ndcg", "rank:pairwise", "reg:absoluteerror", "reg:gamma", "reg:linear",
        "reg:logistic", "reg:pseudohubererror", "reg:quantileerror", "reg:squarederror", "reg:squaredlogerror",
        "reg:tweedie", "survival:aft", "survival:cox",
    ),  # fmt: skip
    "num_class": integer(2),
    "eval_metric": text(),
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
    "scale_pos_weight": real(0),
    "updater": text(),
    "refresh_leaf": integer(0, 1),
    "process_type": one_of("default", "update"),
    "grow_policy": one_of("depthwise", "lossguide"),
    "max_leaves": integer(0),
    "max_bin": integer(2),
    "num_parallel_tree": integer(1),
    "max_cat_to_onehot": integer(0),
    "max_cat_threshold": integer(1),
    "interaction_constraints": text(),
    "monotone_constraints": text(),
    "sample_type": one_of("uniform", "weighted"),
    "normalize_type": one_of("tree", "forest"),
    "rate_drop": real(0, 1),
    "one_drop": integer(0, 1),
    "skip_drop": real(0, 1),
    "tweedie_variance_power": real(1, 2, low_open=True, high_open=True),
    "huber_slope": real(0),
    "aft_loss_distribution": one_of("normal", "logistic", "extreme"),
    "aft_loss_distribution_scale": real(0, low_open=True),
    "quantile_alpha": real(0, 1),
    "lambdarank_pair_method": one_of("mean", "topk"),
    "lambdarank_num_pair_per_sample": integer(1),
}

# The container's older names for the same thing.
ALIASES = {"learning_rate": "eta", "min_split_loss": "gamma", "reg_lambda": "lambda", "reg_alpha": "alpha"}


def parse_value(name, given):
    kind, inside, values = HYPERPARAMETERS[name]
    try:
        value = kind(given)
    except ValueError as error:
        raise InvalidHyperparameters(
            f"Hyperparameter {name}: could not parse value (caused by ValueError)"
        ) from error
    if not inside(value):
        raise InvalidHyperparameters(f"Hyperparameter {name}: {given} is not in {values}")
    return value


def parse_hyperparameters(given):
    """The values of `given` (strings, as the service passes them) by name.

    Raises InvalidHyperparameters for one that is unknown, cannot be read or is out of range, or if num_round is missing.
    """
    named = {ALIASES.get(name, name): value for name, value in given.items()}
    for name in named:
        if name not in HYPERPARAMETERS:
            raise InvalidHyperparameters(f"Extraneous hyperparameter found: {name}")
    if "num_round" not in named:
        raise InvalidHyperparameters("Missing required hyperparameter: num_round")
    values = {name: parse_value(name, value) for name, value in named.items()}
    if "eval_metric" in values:
        values["eval_metric"] = [metric.strip() for metric in values["eval_metric"].split(",")]
    return values
