"""Prints the answer of the chosen model to a request for the first 20 rows of a CSV file, and its predictions for them."""

import csv
import io
import json
import os
import sys
import tarfile
from pathlib import Path

import pandas as pd
from inference import model_fn, predict, transform_fn

base = Path(os.environ["SAGEMAKER_BASE_DIR"])
with tarfile.open(base / "processing/model/model.tar.gz") as archive:
    archive.extractall(base / "unpacked", filter="data")
model = model_fn(base / "unpacked")
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    rows = [[row[name] for name in model[1]["features"]] for row in csv.DictReader(file)][:20]
request = io.StringIO()
csv.writer(request).writerows(rows)
answer, _ = transform_fn(model, request.getvalue(), "text/csv", "text/csv")
predicted = predict(model, pd.read_csv(sys.argv[1], skipinitialspace=True).head(20))
print(json.dumps([answer.splitlines(), [",".join(f"{value:.9g}" for value in row) for row in predicted]]))
