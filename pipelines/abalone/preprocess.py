"""Splits the abalone data into training, validation and test rows, in the format of XGBoost's algorithm mode.

Reads every file in `processing/input/data/` as CSV without a header, with nine columns (see COLUMNS). Writes
`processing/train/train.csv`, `processing/validation/validation.csv` and `processing/test/test.csv` without a header:
the label first, then the features. Also writes `processing/test/split.json`, which names the rule of the split, the
label and the features.

A hash of the row decides its part, so a row keeps its part when other rows are added, removed or reordered. A model
that was trained on an earlier version of the data was therefore not trained on today's test rows. The features need
nothing that is fitted to the data: trees need no scaling, XGBoost accepts missing values, and sex has a fixed one-hot
encoding.

If the input is malformed, the script ends with exit code 1 and prints one line for each problem with its file, row and
column. It also writes the lines to the file from which SageMaker reads a job's exit message
(https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html).
"""

import csv
import hashlib
import json
import math
import os
import re
import sys
from collections import namedtuple
from pathlib import Path

BASE = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))

SEX, LABEL = "sex", "rings"
MEASURES = ["length", "diameter", "height", "whole_weight", "shucked_weight", "viscera_weight", "shell_weight"]
COLUMNS = [SEX, *MEASURES, LABEL]
SEXES = ["F", "I", "M"]

# The name of the split rule. Change it whenever you change PARTS, `canonical` or `share`, so that results of different
# rules are not compared.
SPLIT_RULE = "sha256-of-canonical-row-70-15-15/1"
# Each part with the upper end of its range of hashes, as fractions.
PARTS = [("train", 0.70), ("validation", 0.85), ("test", 1.0)]
# With fewer rows, training and comparison would not be meaningful.
MINIMUM_ROWS = {"train": 50, "validation": 10, "test": 10}

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
MOST_PROBLEMS = 10

Row = namedtuple("Row", ["sex", "measures", "label"])


class BadInput(Exception):
    """Problems of the data, one line each."""

    def __init__(self, problems):
        super().__init__("\n".join(problems))


def parse_number(text):
    """Returns a finite decimal number, or None for an empty cell. Raises ValueError for other texts."""
    if text == "":
        return None
    number = float(text) if NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise ValueError(f"{text!r} is not a number; expected a decimal number")
    return number + 0.0  # -0.0 and 0.0 are the same value


def parse_row(cells):
    """Returns the Row of a line's cells. Raises BadInput that names the column."""
    cells = [cell.strip() for cell in cells]
    if len(cells) < len(COLUMNS):
        raise BadInput([f"column {COLUMNS[len(cells)]}: missing; expected {len(COLUMNS)} columns, got {len(cells)}"])
    if len(cells) > len(COLUMNS):
        raise BadInput([f"column {len(COLUMNS) + 1}: one too many; expected {len(COLUMNS)} columns, got {len(cells)}"])
    problems = []
    if cells[0] not in SEXES:
        problems.append(f"column {SEX}: {cells[0]!r} is unknown; expected one of {', '.join(SEXES)}")
    numbers = []
    for column, cell in zip(COLUMNS[1:], cells[1:]):
        try:
            numbers.append(parse_number(cell))
        except ValueError as error:
            problems.append(f"column {column}: {error}")
    if cells[-1] == "":
        problems.append(f"column {LABEL}: empty; every row needs a label")
    if problems:
        raise BadInput(problems)
    return Row(cells[0], tuple(numbers[:-1]), numbers[-1])


def read_file(path, name):
    """Returns the rows of a CSV file without blank lines. Raises BadInput that names the file (`name`) and the row."""
    rows, problems = [], []
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            for number, cells in enumerate(csv.reader(file), start=1):
                if not any(cell.strip() for cell in cells):
                    continue
                try:
                    rows.append(parse_row(cells))
                except BadInput as error:
                    problems += [f"{name} row {number}, {problem}" for problem in str(error).split("\n")]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput([f"{name}: not a CSV file in UTF-8 ({error})"]) from error
    if problems:
        raise BadInput(problems)
    if not rows:
        raise BadInput([f"{name}: the file is empty; expected rows of {len(COLUMNS)} columns"])
    return rows


def read_folder(folder):
    """Returns the rows of all files in a folder, in the order of the file names. Raises BadInput."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    if not files:
        raise BadInput([f"there is no data in {folder}; give the S3 URI of a CSV file"])
    rows, problems = [], []
    for path in files:
        try:
            rows += read_file(path, path.relative_to(folder))
        except BadInput as error:
            problems += str(error).split("\n")
    if problems:
        raise BadInput(problems)
    return rows


def canonical(row):
    """Returns the row's values as text in a canonical form, in which 1, 1.0 and 1.00 are all 1."""
    values = ["" if value is None else repr(value).removesuffix(".0") for value in (*row.measures, row.label)]
    return ",".join([row.sex, *values])


def share(row):
    """Returns a number in [0, 1) that depends only on the row's values."""
    return int.from_bytes(hashlib.sha256(canonical(row).encode()).digest()[:8], "big") / 2**64


def part_of(row):
    """Returns the name of the part that a row belongs to."""
    return next(name for name, upper_end in PARTS if share(row) < upper_end)


def split(rows):
    """Returns the rows of each part, in their order. Raises BadInput if a part gets too few rows."""
    parts = {name: [] for name, _ in PARTS}
    for row in rows:
        parts[part_of(row)].append(row)
    problems = [
        f"too few rows: {len(parts[name])} of {len(rows)} for {name}; expected at least {minimum}"
        for name, minimum in MINIMUM_ROWS.items()
        if len(parts[name]) < minimum
    ]
    if problems:
        raise BadInput(problems)
    return parts


def encode(row):
    """Returns the label, one column for each of SEXES, and MEASURES. A missing value is an empty cell."""
    numbers = [row.label, *(float(row.sex == sex) for sex in SEXES), *row.measures]
    return ["" if number is None else repr(number) for number in numbers]


def main():
    processing = BASE / "processing"
    parts = split(read_folder(processing / "input" / "data"))
    for name, rows in parts.items():
        folder = processing / name
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(encode(row) for row in rows)
    counts = {name: len(rows) for name, rows in parts.items()}
    names = {"label": LABEL, "features": [*(f"{SEX} {sex}" for sex in SEXES), *MEASURES]}
    (processing / "test" / "split.json").write_text(json.dumps({"rule": SPLIT_RULE, "rows": counts, **names}) + "\n")
    print("preprocess: rows " + ", ".join(f"{name} {count}" for name, count in counts.items()))


if __name__ == "__main__":
    try:
        main()
    except BadInput as error:
        lines = str(error).split("\n")
        more = len(lines) - MOST_PROBLEMS
        lines = lines[:MOST_PROBLEMS] + ([f"and {more} more"] if more > 0 else [])
        message = "\n".join(f"preprocess: {line}" for line in lines)
        print(message, file=sys.stderr)
        (BASE / "output").mkdir(parents=True, exist_ok=True)
        (BASE / "output" / "message").write_text(message)
        sys.exit(1)
