"""Scores a classifier of two classes on the test rows, and approved ones beside it: a label is 1 from a threshold of the
only feature on. A model is that threshold, as JSON."""

import argparse
import hashlib
import json
import os
from math import sqrt
from pathlib import Path
from statistics import NormalDist, mean, stdev

BASE = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml")) / "processing"


def losses(model, rows):
    threshold = json.loads(model)
    return [float((feature >= threshold) != (label == 1)) for label, feature in rows]


def scored(model, loss):
    accuracy = {"value": 1 - mean(loss), "standard_deviation": "NaN"}
    sha256 = hashlib.sha256(model).hexdigest()
    return {"sha256": sha256}, {"multiclass_classification_metrics": {"accuracy": accuracy}}


def compared(loss, others):
    differences = [own - other for own, other in zip(loss, others)]
    distance = NormalDist().inv_cdf(0.95) * stdev(differences) / sqrt(len(differences))
    centre = mean(differences)
    return {
        "metric": "zero_one_loss",
        "mean_difference": centre,
        "lower_95": centre - distance,
        "upper_95": centre + distance,
    }


def download(url):
    import os

    import boto3

    bucket, _, key = url.removeprefix("s3://").partition("/")
    return boto3.client("s3", region_name=os.environ.get("AWS_REGION")).get_object(Bucket=bucket, Key=key)["Body"].read()


parser = argparse.ArgumentParser()
parser.add_argument("--baseline")
parser.add_argument("--best")
arguments = parser.parse_args()

content = (BASE / "input" / "test" / "test.csv").read_bytes()
rows = [tuple(map(float, line.split(","))) for line in content.decode().split()]
candidate = (BASE / "input" / "model" / "model.json").read_bytes()
loss = losses(candidate, rows)
model, metrics = scored(candidate, loss)
result = {
    "schema_version": 1,
    **metrics,
    "test": {"rows": len(rows), "sha256": hashlib.sha256(content).hexdigest(), "split_rule": "all/1"},
    "model": model,
}
for name, key, url in (("baseline", "comparison", arguments.baseline), ("best", "best_comparison", arguments.best)):
    if url != "none":
        approved = download(url)
        others = losses(approved, rows)
        sha256, metrics = scored(approved, others)
        result[name] = {"model_url": url, **sha256, **metrics}
        result[key] = compared(loss, others)
(BASE / "evaluation").mkdir(parents=True, exist_ok=True)
(BASE / "evaluation" / "evaluation.json").write_text(json.dumps(result))
