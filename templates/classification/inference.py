"""Loads a model and predicts. The evaluation calls `load` and `predict`; a batch transform calls the other functions.

A request has rows of CSV without a header: the columns under "features" in data.json, in that order. The answer has a line
for each row: the probability of each class, in the order of "classes" in data.json.
"""

from pathlib import Path

import joblib
import numpy as np
import xgboost

from features import encode, read_data, read_rows


def load(folder):
    """Returns the model in a folder, which is either XGBoost's or scikit-learn's, and the content of its data.json."""
    data, path = read_data(folder), Path(folder, "model.joblib")
    if path.exists():
        # This runs code, so the model must come from a trusted bucket. Here it comes from the stack's artifact bucket.
        return joblib.load(path), data
    booster = xgboost.Booster()
    booster.load_model(Path(folder, "model.ubj"))
    return booster, data


def predict(model, rows):
    """Returns the probability of each class (rows x classes) for the rows of a table."""
    estimator, data = model
    values = encode(rows, data["features"]).to_numpy()
    if isinstance(estimator, xgboost.Booster):
        predicted = estimator.predict(xgboost.DMatrix(values), validate_features=False)
        return np.column_stack([1 - predicted, predicted]) if predicted.ndim == 1 else predicted
    probabilities = np.zeros((len(values), len(data["classes"])))
    # A class without training rows has the probability 0.
    probabilities[:, estimator.classes_.astype(int)] = estimator.predict_proba(values)
    return probabilities


def model_fn(folder):
    """Returns the model in the folder of an unpacked model.tar.gz."""
    return load(folder)


def transform_fn(model, body, _content_type, accept):
    """Answers a request."""
    text = body if isinstance(body, str) else body.decode()
    predictions = predict(model, read_rows(text, model[1]["features"]))
    return "".join(",".join(f"{value:.9g}" for value in row) + "\n" for row in predictions), accept
