"""Scores the candidate on the test rows, and also the approved models if they exist: the latest one (the baseline), and
the best one if it differs from the baseline.

    evaluate.py --baseline-model-url none                       (no model is approved yet)
    evaluate.py --baseline-model-url s3://bucket/.../model.tar.gz --best-model-url s3://bucket/.../model.tar.gz

The package `model_evaluation` does what every evaluation does: docs/evaluation.md describes it.
"""

import pickle

import xgboost

from model_evaluation import evaluate


def load(path):
    """Loads the booster of a model file, which Booster.save_model or, before image 1.3-1, pickle wrote.

    Unpickling runs code, so the model must come from a trusted bucket. Here it comes from the stack's artifact bucket.
    """
    content = path.read_bytes()
    if content[:1] == b"\x80":
        booster = pickle.loads(content)
        if not isinstance(booster, xgboost.Booster):
            raise TypeError(f"a pickled {type(booster).__name__}, not a Booster")
        return booster
    booster = xgboost.Booster()
    booster.load_model(bytearray(content))
    return booster


def predict(booster, features):
    """Returns the predicted numbers of rings."""
    # XGBoost would treat missing columns as missing values.
    if booster.num_features() != features.shape[1]:
        raise ValueError(f"it has {booster.num_features()} features, the rows have {features.shape[1]}")
    return booster.predict(xgboost.DMatrix(features.to_numpy(dtype=float)), validate_features=False)


def feature_gain(booster, names):
    """Returns the average improvement of the training loss by the splits of each feature, or 0 if no split uses it.

    Source: https://xgboost.readthedocs.io/en/stable/python/python_api.html (get_score)
    """
    gains = booster.get_score(importance_type="gain")
    # A model that was trained with feature names uses them instead of f0, f1, ...
    keys = booster.feature_names or [f"f{index}" for index in range(len(names))]
    return [gains.get(key, 0.0) for key in keys]


if __name__ == "__main__":
    evaluate("regression", load, predict, model_file="xgboost-model", feature_gain=feature_gain)
