"""Splits the data into training, validation and test rows, and writes the label first, then the features, as numbers.

Reads every CSV file in `processing/input/data/`. Each file begins with the names of its columns, which are those in
data.json. If the data is malformed, the script ends with exit code 1 and prints one line for each bad cell.
"""

from functools import partial
from pathlib import Path

import pandas as pd

from features import encode, read_cell, read_data
from model_evaluation import number, read_table, run, split

DATA = read_data(Path(__file__).parent)
LABEL, FEATURES = DATA["label"], DATA["features"]


def columns():
    """Returns a function for each column that reads its cells."""
    features = {name: partial(read_cell, kind) for name, kind in FEATURES.items()}
    return {**features, **{name: str for name in DATA["ignored"]}, LABEL: number(required=True)}


def encoded(rows):
    """Returns the columns to write."""
    return pd.concat([rows[LABEL], encode(rows, FEATURES)], axis=1)


def main():
    # DECISION 1: the split. README.md explains it.
    parts = split(read_table(columns()), train=0.6, validation=0.2, test=0.2)
    parts.write(LABEL, encoded, header=False)


if __name__ == "__main__":
    run("preprocess", main)
