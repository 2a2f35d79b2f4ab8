"""Measures the numbers of docs/your-own-model.md with the sample data of the templates, and prints them as JSON."""

import json
import sys
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import xgboost
from model_evaluation import split
from scipy import stats

TEMPLATES = Path(sys.argv[1])
sys.path.insert(0, str(TEMPLATES / "regression"))
from features import encode, read_cell, read_data  # noqa: E402

DELIVERIES = {"objective": "reg:squarederror", "max_depth": 4, "eta": 0.1, "subsample": 0.8, "nthread": 1}
SUBSCRIPTIONS = {"objective": "binary:logistic", "max_depth": 8, "eta": 0.1, "subsample": 0.8, "seed": 42, "nthread": 1}


def sample(kind):
    """Returns the sample data of a template, its label as numbers, and the kinds of its features."""
    data = read_data(TEMPLATES / kind)
    table = pd.read_csv(TEMPLATES / kind / "sample.csv", dtype=str, keep_default_na=False)
    for name, of in data["features"].items():
        table[name] = [read_cell(of, cell) for cell in table[name]]
    label = table.pop(data["label"])
    table["label"] = label.astype(float) if kind == "regression" else (label == "yes").astype(float)
    # In the order in which preprocess.py splits.
    names = sorted([*data["features"], data["label"]])
    return table[["label" if name == data["label"] else name for name in names]], data["features"]


def matrix(rows, kinds):
    return xgboost.DMatrix(encode(rows, kinds).to_numpy(), label=rows["label"])


def log_loss(table, kinds, by):
    """Returns the log loss of a model that can learn rows by heart, on the test rows of a split."""
    parts = split(table, train=0.6, validation=0.2, test=0.2, by=by).tables
    model = xgboost.train(SUBSCRIPTIONS, matrix(parts["train"], kinds), 200)
    predicted = model.predict(matrix(parts["test"], kinds)).astype(float)
    return float(-np.log(np.where(parts["test"]["label"] == 1, predicted, 1 - predicted)).mean())


def monthly(table, months):
    """Returns a row for each month of each customer, in which only the months and the hours differ."""
    random = np.random.default_rng(0)
    copies = []
    for month in range(months):
        hours = (table["hours"] + random.uniform(-1, 1, len(table))).clip(0)
        copies.append(table.assign(customer=range(len(table)), months=table["months"] + month, hours=hours))
    return pd.concat(copies, ignore_index=True)


def verdict(candidate, baseline, tolerance):
    """Returns the verdict of the check for the losses of two models."""
    difference = candidate - baseline
    margin = tolerance * baseline.mean()
    error = difference.std(ddof=1) / len(difference) ** 0.5
    if difference.mean() <= margin:
        return "pass"
    lower = difference.mean() - quantile * error
    return "regression" if lower > margin else "inconclusive"


subscriptions, kinds = sample("classification")
whole = monthly(subscriptions, 6)
by_row, by_customer = log_loss(whole, kinds, None), log_loss(whole, kinds, ["customer"])

deliveries, kinds = sample("regression")
parts = split(deliveries, train=0.6, validation=0.2, test=0.2).tables
train, test = matrix(parts["train"], kinds), matrix(parts["test"], kinds)
models = [xgboost.train({**DELIVERIES, "seed": seed}, train, 150) for seed in range(20)]
losses = [(model.predict(test).astype(float) - parts["test"]["label"].to_numpy()) ** 2 for model in models]
pairs = list(permutations(losses, 2))
quantile = stats.t.ppf(0.95, len(losses[0]) - 1)
verdicts = {
    tolerance: [verdict(candidate, baseline, tolerance) for candidate, baseline in pairs]
    for tolerance in (0, 0.02, 0.05, 0.1)
}
worst = max(1, len(test.get_label()) // 20)
share = {
    "squared": [np.sort(each)[-worst:].sum() / each.sum() for each in losses],
    "absolute": [np.sort(each**0.5)[-worst:].sum() / (each**0.5).sum() for each in losses],
}
errors = [(a - b).std(ddof=1) / len(a) ** 0.5 / b.mean() for a, b in pairs]
print(
    json.dumps(
        {
            "by_row": by_row,
            "by_customer": by_customer,
            "rows": len(losses[0]),
            "mse": [min(each.mean() for each in losses), max(each.mean() for each in losses)],
            "standard_error": float(np.mean(errors)),
            "worst": {name: float(np.mean(values)) for name, values in share.items()},
            "verdicts": {
                name: {each: of.count(each) / len(of) for each in ("pass", "inconclusive", "regression")}
                for name, of in verdicts.items()
            },
        },
        indent=1,
    )
)
