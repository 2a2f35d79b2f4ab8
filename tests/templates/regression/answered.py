"""Prints the answer of the trained model to a request for the first 20 rows of a CSV file, and its predictions for them."""

import csv
import io
import json
import os
import sys

import pandas as pd
from features import encode, read_cell
from inference import model_fn, predict, transform_fn

model = model_fn(os.environ["SM_MODEL_DIR"])
booster, kinds = model
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    rows = [[row[name].strip() for name in kinds] for row in csv.DictReader(file)][:20]
request = io.StringIO()
csv.writer(request).writerows(rows)
answer, _ = transform_fn(model, request.getvalue(), "text/csv", "text/csv")
cells = [[read_cell(kind, cell) for kind, cell in zip(kinds.values(), row)] for row in rows]
predicted = predict(booster, encode(pd.DataFrame(cells, columns=list(kinds)), kinds))
print(json.dumps([answer.splitlines(), [f"{value:.9g}" for value in predicted]]))
