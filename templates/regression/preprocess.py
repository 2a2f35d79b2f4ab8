"""Splits the data into training, validation and test rows. The label is the first column of each part.

Reads every CSV file in `processing/input/data/`. Each file begins with the names of its columns, which are those in
data.json. If the data is malformed, the script ends with exit code 1 and prints one line for each bad cell.
"""

from functools import partial
from pathlib import Path

from features import read_cell, read_data
from model_evaluation import number, read_table, run, split

DATA = read_data(Path(__file__).parent)


def columns():
    """Returns a function for each column that reads its cells.

    Sorted by name, because the order decides the split: a column that moves to "ignored" must not move the rows.
    """
    features = {name: partial(read_cell, kind) for name, kind in DATA["features"].items()}
    readers = {**features, **{name: str for name in DATA["ignored"]}, DATA["label"]: number(required=True)}
    return dict(sorted(readers.items()))


def main():
    # DECISION 1: the split. README.md explains it.
    parts = split(read_table(columns()), train=0.6, validation=0.2, test=0.2)
    # The columns are not encoded here, so that models with other features can be compared on the same rows.
    parts.write(DATA["label"])


if __name__ == "__main__":
    run("preprocess", main)
