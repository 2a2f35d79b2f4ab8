"""Trains XGBoost, and packs the model with the code that serves it.

The hyperparameters of pipeline.ts arrive as `--name value`. All of them but num_round go to XGBoost.
"""

import os
import shutil
import sys
from pathlib import Path

import pandas as pd
import xgboost

from features import encode, read_data

HERE = Path(__file__).parent


def rows_of(channel):
    """Returns the rows of a channel. The label is in the first column."""
    rows = pd.read_csv(Path(os.environ[f"SM_CHANNEL_{channel.upper()}"], f"{channel}.csv"))
    return xgboost.DMatrix(encode(rows, read_data(HERE)["features"]).to_numpy(), label=rows.iloc[:, 0])


def main():
    parameters = {name.lstrip("-"): value for name, value in zip(sys.argv[1::2], sys.argv[2::2])}
    rounds = int(parameters.pop("num_round"))
    train, validation = rows_of("train"), rows_of("validation")
    # The report draws the metrics that XGBoost prints after each round.
    model = xgboost.train(parameters, train, rounds, evals=[(train, "train"), (validation, "validation")])
    folder = Path(os.environ["SM_MODEL_DIR"])
    model.save_model(folder / "model.ubj")
    shutil.copy(HERE / "data.json", folder)
    (folder / "code").mkdir()
    for file in ("inference.py", "features.py"):
        shutil.copy(HERE / file, folder / "code")


if __name__ == "__main__":
    main()
