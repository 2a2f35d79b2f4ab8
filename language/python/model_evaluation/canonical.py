"""Writes values in a canonical form, so that equal rows have equal texts however a file or a library represents them."""

import math
import re

import pandas as pd

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
# Texts that pandas reads as missing values.
MISSING = {"", "na", "n/a", "#n/a", "nan", "-nan", "null", "none", "<na>", "nat"}


def canonical_number(number):
    """Returns the text of a float: 1, 1.0 and 1.00 are all 1; NaN is empty; -0.0 is 0."""
    if math.isnan(number):
        return ""
    text = repr(number + 0.0)
    return text[:-2] if text.endswith(".0") else text


def canonical_value(value):
    """Returns the canonical text of any value: a number, a text that may be a number, a time, or a missing value."""
    if isinstance(value, float):
        # NumPy's longer floats are subclasses of float.
        return canonical_number(float(value))
    if hasattr(value, "isoformat"):
        # A date and its midnight are equal. pandas' missing time has the text NaT.
        text = value.isoformat()
        text = text[:-9] if text.endswith("T00:00:00") else text
    else:
        text = str(value).strip()
    if NUMBER.fullmatch(text):
        return canonical_number(float(text))
    lower = text.lower()
    if lower in MISSING:
        return ""
    return lower if lower in ("true", "false") else text


def quoted(text):
    """Returns a cell as CSV, so that a comma within a cell does not separate cells."""
    if any(character in text for character in ',"\n\r'):
        return '"' + text.replace('"', '""') + '"'
    return text


def canonical_column(values):
    """Returns the canonical cell of each value of a column."""
    if pd.api.types.is_float_dtype(values.dtype):
        # The text of a 32-bit float has fewer digits than its value as a 64-bit float.
        wide = values if values.dtype.itemsize == 8 else values.astype(str)
        return [canonical_number(value) for value in wide.astype(float).tolist()]
    # Columns of texts repeat few values. The type is part of the key, because True and 1 are the same key otherwise.
    known = {}
    cells = []
    for value in values.tolist():
        key = (type(value), value)
        if key not in known:
            known[key] = quoted(canonical_value(value))
        cells.append(known[key])
    return cells


def canonical_rows(table):
    """Returns each row of a DataFrame as a line of canonical cells, in the order of the columns."""
    columns = [canonical_column(table.iloc[:, index]) for index in range(table.shape[1])]
    return [",".join(cells) for cells in zip(*columns)]
