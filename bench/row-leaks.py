"""Splits changed copies of the abalone data in several ways, and sketches the rows of each part.

    row-leaks.py ABALONE_CSV TRIALS

Prints a line of JSON for each trial: its scenario, and the sketches of a candidate and of a baseline.
"""

import json
import sys
from pathlib import Path

import numpy as np

repository = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(repository / "language" / "python"), str(repository / "pipelines" / "abalone")]
import preprocess
from model_evaluation import canonical_rows
from model_evaluation.row_split import share
from model_evaluation.sketch import row_hash, sketches_of
from model_evaluation.table import read_file

random = np.random.default_rng(20_240_601)
table = read_file(Path(sys.argv[1]), "abalone.csv", preprocess.COLUMNS, header=False)
trials = int(sys.argv[2])


def rows_of(table):
    """Returns the share and the hash of each row."""
    return np.array([(share(row), row_hash(row)) for row in canonical_rows(table)], dtype=object)


old = rows_of(table)
# Abalones that were caught later: real ones with other weights.
new = rows_of(table.assign(whole_weight=table["whole_weight"] + random.uniform(0.001, 0.002, len(table)).round(5)))
# Tables with few different rows. Each table of a trial is drawn anew from one of them.
few = [rows_of(table[columns]) for columns in (["sex", "rings"], ["sex", "length", "rings"], ["diameter", "height"])]


def by_hash(rows):
    """The split of the pipeline."""
    return rows[rows[:, 0] < 0.70], rows[rows[:, 0] >= 0.85]


def by_number(rows):
    """The first 70 % are for training, the last 15 % for the test."""
    return rows[: int(0.70 * len(rows))], rows[int(0.85 * len(rows)) :]


def by_shuffle(rows):
    """The same after a shuffle with a fixed seed."""
    return by_number(rows[np.random.RandomState(42).permutation(len(rows))])


def reordered(rows):
    return rows[random.permutation(len(rows))]


def grown():
    """Returns a part of the data, and the whole of it with more rows in another order."""
    part = reordered(old)[: random.integers(2000, 4000)]
    return part, reordered(np.concatenate([old, reordered(new)[: random.integers(100, 2000)]]))


def leaked(fraction):
    """Returns the same random split twice. The baseline's training rows also contain a fraction of the test rows."""
    train, test = by_number(reordered(old))
    rows = reordered(test)[: round(fraction * len(test))]
    return (train, test), (np.concatenate([train, rows]), test)


def split(tables, how):
    baseline, candidate = tables
    return how(candidate), how(baseline)


def drawn(trial):
    rows = few[trial % len(few)]
    return [rows[random.integers(0, len(rows), random.integers(2000, 6000))] for _ in range(2)]


SCENARIOS = {
    "hash, reordered": lambda _: split((old, reordered(old)), by_hash),
    "hash, grown": lambda _: split(grown(), by_hash),
    "number, reordered": lambda _: split((old, reordered(old)), by_number),
    "shuffle, reordered": lambda _: split((old, reordered(old)), by_shuffle),
    "shuffle, grown": lambda _: split(grown(), by_shuffle),
    "leak of 0.5 %": lambda _: leaked(0.005),
    "leak of 1 %": lambda _: leaked(0.01),
    "leak of 2 %": lambda _: leaked(0.02),
    "few different rows": lambda trial: split(drawn(trial), by_shuffle),
}


def sketched(train, test):
    return sketches_of({"train": train[:, 1].tolist(), "test": test[:, 1].tolist()}, table.columns)


for scenario, parts_of in SCENARIOS.items():
    for trial in range(trials):
        candidate, baseline = parts_of(trial)
        print(json.dumps({"scenario": scenario, "candidate": sketched(*candidate), "baseline": sketched(*baseline)}))
