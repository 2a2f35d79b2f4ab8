"""Loads a model and predicts. The evaluation calls `load` and `predict`; a batch transform calls the other functions.

A request has rows of CSV without a header: the columns under "features" in data.json, in that order. The answer has a line
for each row: the probability of each class, in the order of "classes" in data.json.
"""

import csv
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import xgboost

from features import encode, read_cell, read_data


def load(folder):
    """Returns the model in a folder, which is either XGBoost's or scikit-learn's."""
    path = Path(folder, "model.joblib")
    if path.exists():
        # This runs code, so the model must come from a trusted bucket. Here it comes from the stack's artifact bucket.
        return joblib.load(path)
    model = xgboost.Booster()
    model.load_model(bytearray(Path(folder, "xgboost-model").read_bytes()))
    return model


def predict(model, features, classes):
    """Returns the probability of each class (rows x classes) for encoded features. classes: their number."""
    values = features.to_numpy(dtype=float)
    if not isinstance(model, xgboost.Booster):
        probabilities = np.zeros((len(values), classes))
        # A class without training rows has the probability 0.
        probabilities[:, model.classes_.astype(int)] = model.predict_proba(values)
        return probabilities
    # XGBoost would treat missing columns as missing values.
    if model.num_features() != values.shape[1]:
        raise ValueError(f"the model has {model.num_features()} features, the rows have {values.shape[1]}")
    predicted = model.predict(xgboost.DMatrix(values), validate_features=False)
    return np.column_stack([1 - predicted, predicted]) if predicted.ndim == 1 else predicted


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
    """Returns the model in the folder of an unpacked model.tar.gz, and the content of its data.json."""
    return load(folder), read_data(folder)


def transform_fn(model, body, _content_type, accept):
    """Answers a request."""
    loaded, data = model
    text = body if isinstance(body, str) else body.decode()
    kinds = data["features"]
    predictions = predict(loaded, encode(read_rows(text, kinds), kinds), len(data["classes"]))
    return "".join(",".join(f"{value:.9g}" for value in row) + "\n" for row in predictions), accept
