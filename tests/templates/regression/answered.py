"""Prints the answer of the trained model to a request for the first 20 rows of a CSV file, and its predictions for them."""

import csv
import io
import json
import os
import sys

import pandas as pd
from inference import model_fn, predict, transform_fn

model = model_fn(os.environ["SM_MODEL_DIR"])
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    rows = [[row[name] for name in model[1]] for row in csv.DictReader(file)][:20]
request = io.StringIO()
csv.writer(request).writerows(rows)
answer, _ = transform_fn(model, request.getvalue(), "text/csv", "text/csv")
predicted = predict(model, pd.read_csv(sys.argv[1], skipinitialspace=True).head(20))
print(json.dumps([answer.splitlines(), [f"{value:.9g}" for value in predicted]]))
