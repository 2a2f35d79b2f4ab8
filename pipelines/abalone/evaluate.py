"""Scores the candidate on the test rows, and also the approved models if they exist: the latest one (the baseline), and
the best one if it differs from the baseline.

    evaluate.py --baseline-model-url none                       (no model is approved yet)
    evaluate.py --baseline-model-url s3://bucket/.../model.tar.gz --best-model-url s3://bucket/.../model.tar.gz

Reads `processing/input/model/model.tar.gz` (with a member `xgboost-model`) and `processing/input/test/` (`test.csv` and
`split.json`, as preprocess.py writes them). Writes `processing/evaluation/evaluation.json`, and `report-data.json` beside it
for the report's pictures. README.md in this folder lists their keys. If the candidate cannot be scored, the script
prints one line and ends with exit code 1. If an approved model cannot be scored, the exit code is 5, so that the stack
check knows that the comparison is missing.
"""

import argparse
import hashlib
import io
import json
import os
import pickle
import sys
import tarfile
import zlib
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import xgboost
from scipy import stats

BASE = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))

SCHEMA_VERSION = 1
MODEL_MEMBER = "xgboost-model"
# Not an empty string, because StartPipelineExecution rejects an empty parameter value.
NO_MODEL = "none"
# One-sided: the true mean difference is beyond the bound with a probability of 5 %.
CONFIDENCE = 0.95
# More points would not make the picture clearer, and the report must stay small.
MOST_PICTURE_ROWS = 1000


class Unusable(Exception):
    """An input that cannot be scored. The message is one line."""

    exit_code = 1


class NotComparable(Unusable):
    """An approved model that cannot be scored."""

    exit_code = 5


def read_test_rows(folder):
    """Returns the labels (n), the features (n x 10), the SHA-256 of the file, and the name of its split rule."""
    try:
        content = (folder / "test.csv").read_bytes()
        rows = pd.read_csv(io.BytesIO(content), header=None).to_numpy(dtype=float)
        split = json.loads((folder / "split.json").read_text())
    except (OSError, ValueError) as error:
        raise Unusable(f"the test rows cannot be read ({first_line(error)})") from error
    rule = split.get("rule") if isinstance(split, dict) else None
    if not isinstance(rule, str):
        raise Unusable("split.json has no rule; expected a file that preprocess.py wrote")
    return rows[:, 0], rows[:, 1:], hashlib.sha256(content).hexdigest(), rule


def model_bytes(archive, name):
    """Reads the model file out of a model.tar.gz. Nothing is written to disk."""
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            member = next((m for m in tar.getmembers() if m.isfile() and Path(m.name).name == MODEL_MEMBER), None)
            if member is None:
                raise Unusable(f"{name}: the archive has no file {MODEL_MEMBER}")
            return tar.extractfile(member).read()
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise Unusable(f"{name}: not a model.tar.gz ({first_line(error)})") from error


def load_booster(content, name):
    """Loads the booster of a model file, which Booster.save_model or, before image 1.3-1, pickle wrote.

    Unpickling runs code, so the model must come from a trusted bucket. Here it comes from the stack's artifact bucket.
    """
    try:
        if content[:1] == b"\x80":
            booster = pickle.loads(content)
            if not isinstance(booster, xgboost.Booster):
                raise TypeError(f"a pickled {type(booster).__name__}, not a Booster")
        else:
            booster = xgboost.Booster()
            booster.load_model(bytearray(content))
        return booster
    except Exception as error:
        raise Unusable(f"{name}: the model cannot be loaded ({first_line(error)})") from error


def squared_errors(booster, labels, features, name):
    """Returns the residual and the squared error of each row, in the label's unit and its square. Raises Unusable."""
    try:
        # XGBoost would treat missing columns as missing values.
        if booster.num_features() != features.shape[1]:
            raise ValueError(f"it has {booster.num_features()} features, the rows have {features.shape[1]}")
        predictions = booster.predict(xgboost.DMatrix(features), validate_features=False).astype(float)
        if predictions.shape != labels.shape:
            raise ValueError(f"it predicts {predictions.size // len(labels)} values for a row, not one")
        residuals = labels - predictions
    except Exception as error:
        raise Unusable(f"{name}: the test rows cannot be scored ({first_line(error)})") from error
    if not np.isfinite(residuals).all():
        raise Unusable(f"{name}: some predictions are not finite numbers")
    return residuals, residuals**2


def metrics(labels, residuals):
    """Returns MSE, MAE and R2. The standard deviations are those of the residuals and of the absolute residuals."""
    absolute = np.abs(residuals)
    spread = float(np.sum((labels - labels.mean()) ** 2))
    return {
        "mse": {"value": float(np.mean(residuals**2)), "standard_deviation": float(np.std(residuals))},
        "mae": {"value": float(np.mean(absolute)), "standard_deviation": float(np.std(absolute))},
        # R2 is undefined if all labels are equal.
        "r2": {"value": 1 - float(np.sum(residuals**2)) / spread if spread > 0 else None},
    }


def compare(candidate, baseline):
    """Returns the mean of the paired differences (candidate - baseline) and its one-sided 95 % bounds (Student's t)."""
    differences = candidate - baseline
    mean = float(np.mean(differences))
    error = float(np.std(differences, ddof=1) / np.sqrt(len(differences)))
    distance = float(stats.t.ppf(CONFIDENCE, len(differences) - 1)) * error
    return {
        "metric": "squared_error",
        "mean_difference": mean,
        "standard_error": error,
        "lower_95": mean - distance,
        "upper_95": mean + distance,
    }


@lru_cache(maxsize=4)
def download(url, name):
    """Returns the bytes of an S3 object. Raises Unusable."""
    import boto3  # takes half a second, and is needed only for an approved model

    bucket, _, key = url.removeprefix("s3://").partition("/")
    if not url.startswith("s3://") or not bucket or not key:
        raise Unusable(f"{name} {url!r}: not an S3 URI such as s3://bucket/path/model.tar.gz")
    try:
        # SageMaker's containers set AWS_REGION, but boto3 reads only AWS_DEFAULT_REGION.
        client = boto3.client("s3", region_name=os.environ.get("AWS_REGION"))
        return client.get_object(Bucket=bucket, Key=key)["Body"].read()
    except Exception as error:
        raise Unusable(f"{name} {url}: cannot be downloaded ({first_line(error)})") from error


def first_line(error):
    return str(error).strip().split("\n")[0] or type(error).__name__


def read_candidate(path):
    """Returns the bytes of the candidate's archive."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"model: cannot be read ({first_line(error)})") from error


def evaluate(processing, baseline_url, best_url):
    """Returns the evaluation as a dictionary."""
    labels, features, test_sha256, split_rule = read_test_rows(processing / "input" / "test")
    if len(labels) < 2:
        raise Unusable(f"there are {len(labels)} test rows; expected at least 2")

    def score(archive, name):
        content = model_bytes(archive, name)
        residuals, errors = squared_errors(load_booster(content, name), labels, features, name)
        return {"sha256": hashlib.sha256(content).hexdigest()}, metrics(labels, residuals), errors

    model, own, errors = score(read_candidate(processing / "input" / "model" / "model.tar.gz"), "model")
    result = {
        "schema_version": SCHEMA_VERSION,
        "regression_metrics": own,
        "test": {"rows": len(labels), "sha256": test_sha256, "split_rule": split_rule},
        "model": model,
    }

    def compare_with(url, name):
        try:
            approved, others, approved_errors = score(download(url, name), f"{name} {url}")
        except Unusable as error:
            raise NotComparable(str(error)) from error
        return {"model_url": url, **approved, "regression_metrics": others}, compare(errors, approved_errors)

    if baseline_url != NO_MODEL:
        result["baseline"], result["comparison"] = compare_with(baseline_url, "baseline model")
    if best_url != NO_MODEL:
        result["best"], result["best_comparison"] = compare_with(best_url, "best model")
    return result


def report_data(processing, baseline_url):
    """Returns the data of the report's pictures: predictions for evenly chosen test rows, and the gain of each feature.

    All columns have the same length. Numbers have six digits. The gain of a feature is the average improvement of the
    training loss by its splits, or 0 if no split uses it
    (https://xgboost.readthedocs.io/en/stable/python/python_api.html, get_score).
    """
    labels, features, _, _ = read_test_rows(processing / "input" / "test")
    names = json.loads((processing / "input" / "test" / "split.json").read_text())
    every = -(-len(labels) // MOST_PICTURE_ROWS)
    matrix = xgboost.DMatrix(features[::every])

    def predictions(booster):
        return rounded(booster.predict(matrix, validate_features=False))

    booster = load_booster(model_bytes(read_candidate(processing / "input" / "model" / "model.tar.gz"), "model"), "model")
    gains = booster.get_score(importance_type="gain")
    shown = names.get("features", [])
    if len(shown) != features.shape[1]:
        shown = [f"feature {index + 1}" for index in range(features.shape[1])]
    # A model that was trained with feature names uses them instead of f0, f1, ...
    keys = booster.feature_names or [f"f{index}" for index in range(len(shown))]
    result = {
        "schema_version": 1,
        "label": names.get("label", "label"),
        "test_rows": len(labels),
        "actual": rounded(labels[::every]),
        "candidate": predictions(booster),
        "feature_gain": [
            {"feature": name, "gain": rounded([gains.get(key, 0.0)])[0]} for name, key in zip(shown, keys, strict=True)
        ],
    }
    if baseline_url != NO_MODEL:
        content = download(baseline_url, "baseline model")
        result["baseline"] = predictions(load_booster(model_bytes(content, "baseline model"), "baseline model"))
    return result


def rounded(values):
    return [float(f"{value:.6g}") for value in np.asarray(values, dtype=float)]


def write_report_data(folder, processing, baseline_url):
    """Writes report-data.json. An error must not fail the step, because the evaluation is valid without the file."""
    try:
        text = json.dumps(report_data(processing, baseline_url), allow_nan=False)
        (folder / "report-data.json").write_text(text + "\n")
    except Exception as error:
        print(f"evaluate: no data for the report's pictures ({first_line(error)})")


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--baseline-model-url", default=NO_MODEL, help="S3 URI of the approved model, or none")
    parser.add_argument("--best-model-url", default=NO_MODEL, help="S3 URI of the best approved model, or none")
    arguments = parser.parse_args()
    processing = BASE / "processing"
    # Values that overflow are rejected below, with an error of one line.
    with np.errstate(over="ignore", invalid="ignore"):
        result = evaluate(processing, arguments.baseline_model_url, arguments.best_model_url)
    try:
        text = json.dumps(result, indent=2, allow_nan=False)
    except ValueError as error:
        raise Unusable("some metrics are not finite numbers; look for enormous labels in the data") from error
    folder = processing / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evaluation.json").write_text(text + "\n")
    print(f"evaluate: {len(text)} bytes, MSE {result['regression_metrics']['mse']['value']:.6g}")
    write_report_data(folder, processing, arguments.baseline_model_url)


if __name__ == "__main__":
    try:
        main()
    except Unusable as error:
        message = f"evaluate: {error}"
        print(message, file=sys.stderr)
        (BASE / "output").mkdir(parents=True, exist_ok=True)
        (BASE / "output" / "message").write_text(message)
        sys.exit(error.exit_code)
