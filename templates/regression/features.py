"""Turns the columns of a table into the numbers that the model gets. data.json says what each column holds.

Nothing here is fitted to the data, so no part of the split can leak into another one: a column of numbers stays as it is,
and a column of texts becomes one column of zeros and ones for each text that data.json lists.
"""

import csv
import json
import math
from pathlib import Path

import pandas as pd

# Cells with these texts are missing values. XGBoost handles them.
MISSING = {"", "na", "n/a", "nan", "null", "none", "?"}


def read_data(folder):
    """Returns the content of the data.json in a folder."""
    return json.loads(Path(folder, "data.json").read_text(encoding="utf-8"))


def read_cell(kind, cell):
    """Returns the value of a cell. kind: "number", or the list of known texts. Raises ValueError for any other cell."""
    if cell.lower() in MISSING:
        return math.nan if kind == "number" else ""
    if kind == "number":
        try:
            value = float(cell)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise ValueError(f"{cell!r} is not a number; correct it, or list the column's texts in data.json")
        return value
    if cell not in kind:
        raise ValueError(f"{cell!r} is unknown; correct it, or add it to data.json, which lists {', '.join(kind)}")
    return cell


def named_cell(name, kind, cell):
    """Reads a cell of a request like read_cell. The error names the column."""
    try:
        return read_cell(kind, cell.strip())
    except ValueError as error:
        raise ValueError(f"column {name}: {error}") from error


def plain(value):
    """Returns a text that is the same for a cell and for what pandas reads from it: 7 and 7.0, true and True."""
    try:
        return repr(float(value))
    except ValueError:
        return str(value).strip().lower()


def encode(rows, kinds):
    """Returns the numbers that the model gets for rows of the table. kinds: the kind of each column, by its name."""
    columns = {}
    for name, kind in kinds.items():
        if kind == "number":
            columns[name] = rows[name].astype(float)
        else:
            cells = rows[name].map(plain)
            columns.update({f"{name} {text}": (cells == plain(text)).astype(float) for text in kind})
    return pd.DataFrame(columns, index=rows.index)


def read_rows(text, kinds):
    """Returns the rows of a request as a table. A request has the columns of `kinds` as CSV without a header.

    Raises ValueError that names the row and the column.
    """
    rows = []
    for number, cells in enumerate(csv.reader(text.splitlines()), start=1):
        try:
            if len(cells) != len(kinds):
                raise ValueError(f"{len(cells)} cells; expected {len(kinds)}: {', '.join(kinds)}")
            rows.append([named_cell(name, kind, cell) for (name, kind), cell in zip(kinds.items(), cells)])
        except ValueError as error:
            raise ValueError(f"row {number}: {error}") from error
    return pd.DataFrame(rows, columns=list(kinds))
