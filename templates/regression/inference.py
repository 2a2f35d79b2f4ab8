"""Loads the model and predicts. The evaluation calls `load` and `predict`; a batch transform calls the other functions.

A request has rows of CSV without a header: the columns under "features" in data.json, in that order. The answer has one
number in each line.
"""

from pathlib import Path

import xgboost

from features import encode, read_data, read_rows


def load(path):
    """Returns a model and the kinds of the columns that it was trained with. data.json lies beside the model's file."""
    model = xgboost.Booster()
    model.load_model(path)
    return model, read_data(Path(path).parent)["features"]


def predict(model, rows):
    """Returns the prediction for each row of a table."""
    booster, kinds = model
    return booster.predict(xgboost.DMatrix(encode(rows, kinds).to_numpy()), validate_features=False)


def model_fn(folder):
    """Returns the model in the folder of an unpacked model.tar.gz."""
    return load(Path(folder, "model.ubj"))


def transform_fn(model, body, _content_type, accept):
    """Answers a request."""
    text = body if isinstance(body, str) else body.decode()
    predictions = predict(model, read_rows(text, model[1]))
    return "".join(f"{prediction:.9g}\n" for prediction in predictions), accept
