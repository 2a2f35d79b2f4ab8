"""The algorithm mode of AWS's XGBoost image: trains on the channels `train` and `validation` as the hyperparameters say.

Reads and writes what a training container does, below SAGEMAKER_BASE_DIR or /opt/ml: `input/config/*.json`,
`input/data/<channel>/`, `model/xgboost-model`, and `output/failure` when it cannot train. Prints one line of metrics a
round, which SageMaker's log filters read: `[0]\ttrain-rmse:8.07762\tvalidation-rmse:8.13356`.

Sources: https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html,
https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html
"""

import json
import os
import sys
from pathlib import Path

import pandas as pd
import xgboost
from hyperparameters import MAXIMIZED, InvalidHyperparameters, parse_hyperparameters

BASE = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))

# What the container takes for itself; everything else is a parameter of the booster.
NOT_BOOSTER = {"num_round", "csv_weights", "early_stopping_rounds", "save_model_on_termination"}


class UserError(Exception):
    """Something that the user of the algorithm has to change."""


def read_json(path):
    return json.loads((BASE / "input" / "config" / path).read_text())


def check_channels(channels):
    """Raises UserError unless the channels are those of the algorithm, as CSV."""
    if "train" not in channels:
        raise UserError("Missing required channel: train")
    for name, channel in channels.items():
        if name not in ("train", "validation"):
            raise UserError(f"Extraneous channel found: {name}")
        content_type = channel.get("ContentType", "text/libsvm").split(";")[0].strip().lower()
        if content_type not in ("text/csv", "csv"):
            raise UserError(
                f"Channel {name}: the content type {content_type} does not run locally; use text/csv "
                "(the container's default, where none is declared, is text/libsvm)"
            )


def read_channel(name, weighted):
    """The DMatrix of every file of a channel: CSV without a header, the label first, then the weight if `weighted`."""
    paths = (BASE / "input" / "data" / name).rglob("*")
    # Like the image, which passes over what starts with a dot or an underscore (_SUCCESS, for instance).
    files = sorted(path for path in paths if path.is_file() and not path.name.startswith((".", "_")))
    if not files:
        raise UserError(f"No data found in channel: {name}")
    try:
        rows = pd.concat([pd.read_csv(path, header=None) for path in files]).to_numpy(dtype=float)
    except (ValueError, pd.errors.ParserError) as error:
        raise UserError(f"Failed to load csv data of channel {name}: {error}") from error
    first_feature = 2 if weighted else 1
    if rows.shape[1] <= first_feature:
        raise UserError(f"Failed to load csv data of channel {name}: there is no feature, only {rows.shape[1]} column(s)")
    return xgboost.DMatrix(rows[:, first_feature:], label=rows[:, 0], weight=rows[:, 1] if weighted else None)


def early_stopping(hyperparameters, channels):
    """The callbacks for early_stopping_rounds: like the image, on the last of eval_metric, keeping the best model."""
    rounds, metrics = hyperparameters.get("early_stopping_rounds"), hyperparameters.get("eval_metric")
    if rounds is None:
        return []
    if metrics is None or "validation" not in channels:
        print("early_stopping_rounds has no effect: it needs the channel validation and eval_metric")
        return []
    maximize = metrics[-1].partition("@")[0] in MAXIMIZED
    return [
        xgboost.callback.EarlyStopping(
            rounds=rounds, metric_name=metrics[-1], data_name="validation", maximize=maximize, save_best=True
        )
    ]


def train():
    hyperparameters = parse_hyperparameters(read_json("hyperparameters.json"))
    channels = read_json("inputdataconfig.json")
    check_channels(channels)
    weighted = hyperparameters.get("csv_weights") == 1
    data = [(read_channel(name, weighted), name) for name in ("train", "validation") if name in channels]
    booster = xgboost.train(
        {name: value for name, value in hyperparameters.items() if name not in NOT_BOOSTER},
        data[0][0],
        num_boost_round=hyperparameters["num_round"],
        evals=data,
        verbose_eval=True,
        callbacks=early_stopping(hyperparameters, channels),
    )
    (BASE / "model").mkdir(parents=True, exist_ok=True)
    # The format follows from the ending; the container's name for the file has none.
    saved = BASE / "model" / "xgboost-model.ubj"
    booster.save_model(saved)
    saved.rename(BASE / "model" / "xgboost-model")


if __name__ == "__main__":
    try:
        train()
    except (UserError, InvalidHyperparameters, xgboost.core.XGBoostError) as error:
        kind = "AlgorithmError" if isinstance(error, xgboost.core.XGBoostError) else "ClientError"
        # XGBoost's own errors go on with a stack trace.
        message = f"{kind}: {error}".split("\nStack trace:")[0]
        print(message, file=sys.stderr)
        (BASE / "output").mkdir(parents=True, exist_ok=True)
        (BASE / "output" / "failure").write_text(message)
        sys.exit(1)
