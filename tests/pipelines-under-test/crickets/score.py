"""Scores a line on the test rows, and the approved ones beside it. Ends with 5 if an approved model cannot be scored."""

import argparse
import hashlib
import io
import json
import os
import sys
import tarfile
from math import sqrt
from pathlib import Path
from statistics import NormalDist, mean, stdev

BASE = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))
PROCESSING = BASE / "processing"


def line_of(archive):
    """Returns the bytes of the file in a model.tar.gz."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        return tar.extractfile("line.json").read()


def download(url):
    import boto3  # only an approved model is downloaded

    bucket, _, key = url.removeprefix("s3://").partition("/")
    return boto3.client("s3", region_name=os.environ["AWS_REGION"]).get_object(Bucket=bucket, Key=key)["Body"].read()


def scored(content, rows):
    """Returns the part of a model in the evaluation, its predictions and its squared errors."""
    line = json.loads(content)
    predictions = [line["intercept"] + line["slope"] * chirps for chirps, _ in rows]
    errors = [(wanted - own) ** 2 for (_, wanted), own in zip(rows, predictions)]
    part = {"sha256": hashlib.sha256(content).hexdigest()}
    return part, {"regression_metrics": {"mse": {"value": mean(errors)}}}, predictions, errors


def compared(errors, others):
    differences = [own - other for own, other in zip(errors, others)]
    centre = mean(differences)
    distance = NormalDist().inv_cdf(0.95) * stdev(differences) / sqrt(len(differences))
    bounds = {"lower_95": centre - distance, "upper_95": centre + distance}
    return {"metric": "squared_error", "mean_difference": centre, **bounds}


parser = argparse.ArgumentParser()
parser.add_argument("--baseline")
parser.add_argument("--best")
arguments = parser.parse_args()

test = (PROCESSING / "input" / "test" / "test.csv").read_bytes()
rows = [tuple(map(float, line.split(","))) for line in test.decode().split()]
candidate = line_of((PROCESSING / "input" / "model" / "model.tar.gz").read_bytes())
model, metrics, predictions, errors = scored(candidate, rows)
rule = {"rows": len(rows), "sha256": hashlib.sha256(test).hexdigest(), "split_rule": "sha256-of-row/1"}
result = {"schema_version": 1, **metrics, "test": rule, "model": model}
pictures = {"schema_version": 1, "label": "temperature", "test_rows": len(rows), "candidate": predictions}
pictures["actual"] = [wanted for _, wanted in rows]
for name, key, url in (("baseline", "comparison", arguments.baseline), ("best", "best_comparison", arguments.best)):
    if url == "none":
        continue
    try:
        part, others, own, losses = scored(line_of(download(url)), rows)
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        message = f"score: {name} {url}: not a model.tar.gz ({type(error).__name__})"
        print(message, file=sys.stderr)
        (BASE / "output").mkdir(parents=True, exist_ok=True)
        (BASE / "output" / "message").write_text(message)
        sys.exit(5)
    result[name] = {"model_url": url, **part, **others}
    result[key] = compared(errors, losses)
    if name == "baseline":
        pictures["baseline"] = own
folder = PROCESSING / "evaluation"
folder.mkdir(parents=True, exist_ok=True)
(folder / "evaluation.json").write_text(json.dumps(result))
(folder / "report-data.json").write_text(json.dumps(pictures))
