"""The algorithm mode of AWS's XGBoost image: trains on the channels `train` and `validation` as the hyperparameters say.

`python algorithm.py [version]` behaves as a version of the image does, such as 1.0-1; without one, as 3.0-5.

Reads and writes what a training container does, below SAGEMAKER_BASE_DIR or /opt/ml: `input/config/*.json`,
`input/data/<channel>/`, `model/xgboost-model`, and `output/failure` when it cannot train. Prints one line of metrics a
round, which SageMaker's log filters read: `[0]\ttrain-rmse:8.07762\tvalidation-rmse:8.13356`.

Sources: https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html,
https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html
"""

import json
import os
import pickle
import signal
import sys
from pathlib import Path

import checkpoints
import xgboost
from data import UserError, content_type_of, read_channel
from hyperparameters import MAXIMIZED, NEWEST, InvalidHyperparameters, parse_hyperparameters

BASE = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))

# What the container takes for itself; everything else is a parameter of the booster.
NOT_BOOSTER = {"num_round", "csv_weights", "early_stopping_rounds", "save_model_on_termination"}


def read_json(path):
    return json.loads((BASE / "input" / "config" / path).read_text())


def checkpoint_folder():
    """Where the job's checkpoints are; None for a job without."""
    try:
        path = read_json("checkpointconfig.json")["LocalPath"]
    except FileNotFoundError:
        return None
    return BASE / Path(path).relative_to("/opt/ml")


def check_channels(channels):
    """Raises UserError unless the channels are those of the algorithm."""
    if "train" not in channels:
        raise UserError("Missing required channel: train")
    for name, channel in channels.items():
        if name not in ("train", "validation"):
            raise UserError(f"Extraneous channel found: {name}")
        content_type_of(channel)


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


class SaveOnTermination(xgboost.callback.TrainingCallback):
    """Ends the training after the round in which SIGTERM came, so that the model so far is kept."""

    def __init__(self):
        self.asked = False
        signal.signal(signal.SIGTERM, self.ask)

    def ask(self, _number, _frame):
        self.asked = True

    def after_iteration(self, model, epoch, evals_log):
        return self.asked


def save(booster, version):
    """The file of the model: until 1.2 the pickled booster, then what Booster.save_model writes."""
    (BASE / "model").mkdir(parents=True, exist_ok=True)
    if version < (1, 3):
        with open(BASE / "model" / "xgboost-model", "wb") as file:
            pickle.dump(booster, file)
        return
    # The format follows from the ending; the container's name for the file has none.
    saved = BASE / "model" / "xgboost-model.ubj"
    booster.save_model(saved)
    saved.rename(BASE / "model" / "xgboost-model")


def train(version):
    hyperparameters = parse_hyperparameters(read_json("hyperparameters.json"), version)
    channels = read_json("inputdataconfig.json")
    check_channels(channels)
    weighted = hyperparameters.get("csv_weights") == 1
    present = [name for name in ("train", "validation") if name in channels]
    data = [(read_channel(BASE / "input" / "data" / name, channels[name], weighted), name) for name in present]
    callbacks = early_stopping(hyperparameters, channels)
    folder = checkpoint_folder()
    model, done = (None, 0) if folder is None else checkpoints.latest(folder)
    if folder is not None:
        callbacks += [checkpoints.PrintEvaluation(done), checkpoints.SaveCheckpoint(folder, done)]
    if model is not None:
        print(f"Resuming from iteration {done}")
    if hyperparameters.get("save_model_on_termination") == "true":
        callbacks.append(SaveOnTermination())
    booster = xgboost.train(
        {name: value for name, value in hyperparameters.items() if name not in NOT_BOOSTER},
        data[0][0],
        num_boost_round=hyperparameters["num_round"] - done,
        evals=data,
        verbose_eval=folder is None,
        xgb_model=model,
        callbacks=callbacks,
    )
    save(booster, version)


if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else None
    try:
        train(NEWEST if given is None else tuple(int(part) for part in given.split("-")[0].split(".")))
    except (UserError, InvalidHyperparameters, xgboost.core.XGBoostError) as error:
        kind = "AlgorithmError" if isinstance(error, xgboost.core.XGBoostError) else "ClientError"
        # XGBoost's own errors go on with a stack trace.
        message = f"{kind}: {error}".split("\nStack trace:")[0]
        print(message, file=sys.stderr)
        (BASE / "output").mkdir(parents=True, exist_ok=True)
        (BASE / "output" / "failure").write_text(message)
        sys.exit(1)
