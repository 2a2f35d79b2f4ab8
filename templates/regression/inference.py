"""Loads the model and predicts. The evaluation calls `load` and `predict`; a batch transform calls the other functions.

A request has rows of CSV without a header: the columns under "features" in data.json, in that order. The answer has one
number in each line.
"""

import csv
from pathlib import Path

import pandas as pd
import xgboost

from features import encode, read_cell, read_data


def load(path):
    """Returns the model of a file."""
    model = xgboost.Booster()
    model.load_model(path)
    return model


def predict(model, features):
    """Returns the prediction for each row of encoded features."""
    # XGBoost would treat missing columns as missing values.
    if model.num_features() != features.shape[1]:
        raise ValueError(f"the model has {model.num_features()} features, the rows have {features.shape[1]}")
    return model.predict(xgboost.DMatrix(features.to_numpy(dtype=float)), validate_features=False)


def read_rows(text, kinds):
    """Returns the rows of a request as a table. Raises ValueError that names the row."""
    rows = []
    for number, cells in enumerate(csv.reader(text.splitlines()), start=1):
        try:
            if len(cells) != len(kinds):
                raise ValueError(f"{len(cells)} cells; expected {len(kinds)}: {', '.join(kinds)}")
            rows.append([read_cell(kind, cell.strip()) for kind, cell in zip(kinds.values(), cells)])
        except ValueError as error:
            raise ValueError(f"row {number}: {error}") from error
    return pd.DataFrame(rows, columns=list(kinds))


def model_fn(folder):
    """Returns the model in the folder of an unpacked model.tar.gz, and the kinds of its columns."""
    return load(Path(folder, "model.ubj")), read_data(folder)["features"]


def transform_fn(model, body, _content_type, accept):
    """Answers a request."""
    booster, kinds = model
    text = body if isinstance(body, str) else body.decode()
    predictions = predict(booster, encode(read_rows(text, kinds), kinds))
    return "".join(f"{prediction:.9g}\n" for prediction in predictions), accept
