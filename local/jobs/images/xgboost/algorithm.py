"""Trains like AWS's XGBoost image in algorithm mode, on the channels `train` and `validation` and with the job's hyperparameters.

`python algorithm.py [version]` behaves like that version of the image, such as 1.0-1. The default is 3.0-5.

Reads and writes the files of a training container below SAGEMAKER_BASE_DIR or /opt/ml: `input/config/*.json`,
`input/data/<channel>/`, `model/xgboost-model`, and `output/failure` if the training fails. For each round it prints a line of
metrics, which SageMaker's metric definitions match: `[0]\ttrain-rmse:8.07762\tvalidation-rmse:8.13356`.

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

# Hyperparameters of the container. All others are parameters of the booster.
NOT_BOOSTER = {"num_round", "csv_weights", "early_stopping_rounds", "save_model_on_termination"}


def read_json(path):
    return json.loads((BASE / "input" / "config" / path).read_text())


def checkpoint_folder():
    """Returns the folder of the job's checkpoints; None for a job without checkpoints."""
    try:
        path = read_json("checkpointconfig.json")["LocalPath"]
    except FileNotFoundError:
        return None
    return BASE / Path(path).relative_to("/opt/ml")


def check_channels(channels):
    """Checks the names and content types of the channels. Raises UserError."""
    if "train" not in channels:
        raise UserError("Missing required channel: train")
    for name, channel in channels.items():
        if name not in ("train", "validation"):
            raise UserError(f"Extraneous channel found: {name}")
        content_type_of(channel)


def early_stopping(hyperparameters, channels):
    """Returns the callbacks for early_stopping_rounds. Like the image, they watch the last eval_metric and keep the best model."""
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
    """Ends the training after the round in which SIGTERM arrives, so that the model is saved."""

    def __init__(self):
        self.asked = False
        signal.signal(signal.SIGTERM, self.ask)

    def ask(self, _number, _frame):
        self.asked = True

    def after_iteration(self, model, epoch, evals_log):
        return self.asked


def save(booster, version):
    """Writes the model's file: until version 1.2 a pickled booster, later the format of Booster.save_model."""
    (BASE / "model").mkdir(parents=True, exist_ok=True)
    if version < (1, 3):
        with open(BASE / "model" / "xgboost-model", "wb") as file:
            pickle.dump(booster, file)
        return
    # XGBoost chooses the format by the file's ending, but the container's file has none, so the file is renamed afterwards.
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
        # Drops the stack trace, which is part of XGBoost's error messages.
        message = f"{kind}: {error}".split("\nStack trace:")[0]
        print(message, file=sys.stderr)
        (BASE / "output").mkdir(parents=True, exist_ok=True)
        (BASE / "output" / "failure").write_text(message)
        sys.exit(1)
