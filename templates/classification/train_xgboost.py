"""Trains XGBoost. The hyperparameters of pipeline.ts arrive as `--name value`. All of them but num_round go to XGBoost."""

import os
import re
import sys
import warnings
from pathlib import Path

import pandas as pd
import xgboost

from features import encode, read_data

DATA = read_data(Path(__file__).parent)


def rows_of(channel):
    """Returns the rows of a channel. The label is in the first column."""
    rows = pd.read_csv(Path(os.environ[f"SM_CHANNEL_{channel.upper()}"], f"{channel}.csv"))
    return xgboost.DMatrix(encode(rows, DATA["features"]).to_numpy(), label=rows.iloc[:, 0])


def check_names(parameters, rows):
    """Ends the training if XGBoost does not know a hyperparameter. XGBoost itself only warns of a misspelt name."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        xgboost.train(parameters, rows, 1)
    unused = [name for each in caught for name in re.findall(r'"(\w+)"', str(each.message)) if name in parameters]
    if unused:
        sys.exit(f"XGBoost has no hyperparameter {', '.join(unused)}; correct it in pipeline.ts")


def main():
    parameters = {name.lstrip("-"): value for name, value in zip(sys.argv[1::2], sys.argv[2::2])}
    rounds = int(parameters.pop("num_round"))
    classes = len(DATA["classes"])
    several = {"objective": "multi:softprob", "num_class": classes}
    parameters.update({"objective": "binary:logistic"} if classes == 2 else several)
    train, validation = rows_of("train"), rows_of("validation")
    check_names(parameters, train)
    # The report draws the metrics that XGBoost prints after each round.
    model = xgboost.train(parameters, train, rounds, evals=[(train, "train"), (validation, "validation")])
    model.save_model(Path(os.environ["SM_MODEL_DIR"], "model.ubj"))


if __name__ == "__main__":
    main()
