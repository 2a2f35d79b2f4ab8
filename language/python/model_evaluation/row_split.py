"""Splits a table by a hash of each row.

A row keeps its part when other rows are added, removed or reordered. A model that was trained on an earlier version of
the data was therefore not trained on today's test rows.
"""

import hashlib
import json

from .canonical import canonical_rows
from .job import BASE, Problem
from .sketch import sketches

# With fewer rows, training and comparison would not be meaningful.
MINIMUM_ROWS = {"train": 50, "validation": 10, "test": 10}


def share(row):
    """Returns a number in [0, 1) that depends only on the row's canonical text."""
    return int.from_bytes(hashlib.sha256(row.encode()).digest()[:8], "big") / 2**64


def rule_name(fractions, by):
    """Returns the name of the rule of a split. Results of different rules are not compared."""
    what = "row" if by is None else "+".join(by)
    shares = "-".join(f"{100 * fraction:g}" for fraction in fractions.values())
    return f"sha256-of-canonical-{what}-{shares}/1"


class Parts:
    """The parts of a table as DataFrames by their names: train, validation and test."""

    def __init__(self, rule, tables, keys):
        self.rule = rule
        self.tables = tables
        self.keys = keys

    def write(self, label, encode=None, header=True):
        """Writes `processing/<part>/<part>.csv` with the label first, and `split.json` and `sketches.json` beside test.csv.

        encode: a function that returns the columns to write for the rows of a part. header: whether the files begin with
        the names of the columns. XGBoost's algorithm mode needs files without a header.
        """
        names = []
        for name, table in self.tables.items():
            rows = table if encode is None else encode(table)
            rows = rows[[label, *(column for column in rows.columns if column != label)]]
            names = [str(column) for column in rows.columns]
            folder = BASE / "processing" / name
            folder.mkdir(parents=True, exist_ok=True)
            rows.to_csv(folder / f"{name}.csv", index=False, header=header)
        counts = {name: len(table) for name, table in self.tables.items()}
        description = {"rule": self.rule, "rows": counts, "header": header, "label": names[0], "features": names[1:]}
        folder = BASE / "processing" / "test"
        (folder / "split.json").write_text(json.dumps(description) + "\n")
        (folder / "sketches.json").write_text(json.dumps(sketches(self.keys)) + "\n")
        print("preprocess: rows " + ", ".join(f"{name} {count}" for name, count in counts.items()))


def split(table, train, test, validation=None, by=None, minimum=None):
    """Returns the Parts of a DataFrame. train, validation, test: the fractions, whose sum is 1.

    by: the columns that identify a row, such as a customer's number; rows with the same values stay together. Without it,
    all columns count. minimum: the smallest number of rows for each part. Raises Problem if a part has too few rows.
    """
    given = {"train": train, "validation": validation, "test": test}
    fractions = {name: fraction for name, fraction in given.items() if fraction is not None}
    if abs(sum(fractions.values()) - 1) > 1e-9 or min(fractions.values()) <= 0:
        raise ValueError(f"the fractions are {list(fractions.values())}; give positive numbers whose sum is 1")
    keys = table if by is None else table[list(by)]
    rows = [share(row) for row in canonical_rows(keys)]
    tables, own_keys, lower = {}, {}, 0.0
    for name, fraction in fractions.items():
        # Rounded, so that 0.7 + 0.15 is 0.85. No hash is 1.
        upper = round(lower + fraction, 9)
        chosen = [lower <= row < upper for row in rows]
        tables[name], own_keys[name] = table[chosen], keys[chosen]
        lower = upper
    least = {**MINIMUM_ROWS, **(minimum or {})}
    problems = [
        f"too few rows: {len(part)} of {len(table)} for {name}; expected at least {least[name]}"
        for name, part in tables.items()
        if len(part) < least[name]
    ]
    if problems:
        raise Problem(*problems)
    return Parts(rule_name(fractions, by), tables, own_keys)
