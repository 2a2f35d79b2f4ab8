"""Reads CSV files, and names the file, the row and the column of each problem."""

import csv
import math

import pandas as pd

from .canonical import MISSING, NUMBER
from .job import BASE, Problem


def number(required=False):
    """Returns a reader of cells that are finite decimal numbers. An empty cell is missing, unless it is `required`."""

    def read(cell):
        if cell == "" and not required:
            return math.nan
        if cell == "":
            raise ValueError("empty; every row needs a value")
        value = float(cell) if NUMBER.fullmatch(cell) else math.nan
        if not math.isfinite(value):
            raise ValueError(f"{cell!r} is not a number; expected a decimal number")
        return value + 0.0  # -0.0 and 0.0 are the same value

    return read


def choice(*values):
    """Returns a reader of cells that have one of these texts."""

    def read(cell):
        if cell not in values:
            raise ValueError(f"{cell!r} is unknown; expected one of {', '.join(values)}")
        return cell

    return read


def read_cells(path, name):
    """Returns the row numbers and the cells of a CSV file in UTF-8, without blank lines. Raises Problem."""
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            lines = [(row, [cell.strip() for cell in cells]) for row, cells in enumerate(csv.reader(file), start=1)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Problem(f"{name}: not a CSV file in UTF-8 ({error})") from error
    return [(row, cells) for row, cells in lines if any(cells)]


def width_problem(cells, names):
    """Returns the problem of a row with too few or too many cells, or None."""
    counts = f"expected {len(names)} columns, got {len(cells)}"
    if len(cells) < len(names):
        return f"column {names[len(cells)]}: missing; {counts}"
    return f"column {len(names) + 1}: one too many; {counts}" if len(cells) > len(names) else None


def read_rows(lines, names, readers, name):
    """Returns the values of each row. Raises Problem with a line for each bad cell."""
    rows, problems = [], []
    for row, cells in lines:
        problem = width_problem(cells, names)
        if problem is not None:
            problems.append(f"{name} row {row}, {problem}")
            continue
        values = []
        for column, cell in zip(names, cells):
            try:
                values.append(readers[column](cell) if column in readers else cell)
            except ValueError as error:
                problems.append(f"{name} row {row}, column {column}: {error}")
        rows.append(values)
    if problems:
        raise Problem(*problems)
    return rows


def header_problem(name, names, expected):
    """Returns what is wrong with a file's header, and what to do."""
    lacks = [f"lacks {', '.join(missing)}"] if (missing := [each for each in expected if each not in names]) else []
    has = [f"has {', '.join(more)} in addition"] if (more := [each for each in names if each not in expected]) else []
    what = " and ".join(lacks + has) or "has a name twice"
    return f"{name} row 1: the header {what}; correct the file, or the columns that the script reads (data.json in a template)"


def read_file(path, name, columns, header):
    """Returns a CSV file as a DataFrame. Raises Problem."""
    lines = read_cells(path, name)
    names = lines[0][1] if header and lines else list(columns or ())
    if header and columns is not None and lines and sorted(names) != sorted(columns):
        raise Problem(header_problem(name, names, columns))
    if header and len(set(names)) < len(names):
        raise Problem(f"{name} row 1: the header has a name twice; expected different names, got {', '.join(names)}")
    lines = lines[1:] if header else lines
    if not lines:
        raise Problem(f"{name}: the file is empty; expected rows of {len(names) or 'some'} columns")
    return pd.DataFrame(read_rows(lines, names, columns or {}, name), columns=names)


def inferred(values):
    """Returns a column of numbers if every cell is a number or missing, otherwise a column of texts."""
    cells = [None if cell.lower() in MISSING else cell for cell in values]
    if all(cell is None or NUMBER.fullmatch(cell) for cell in cells):
        return [math.nan if cell is None else float(cell) for cell in cells]
    return cells


def read_table(columns=None, header=True, input_name="data"):
    """Returns all CSV files below `processing/input/<input_name>` as one DataFrame, in the order of the file names.

    columns: a reader for each column by its name, such as `number()` or `choice("F", "M")`. Without it, the header names
    the columns, and a column has numbers if all of its cells are numbers. header: whether each file begins with the names.
    Raises Problem with a line for each bad cell.
    """
    folder = BASE / "processing" / "input" / input_name
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    if not files:
        raise Problem(f"there is no data in {folder}; give the S3 URI of a CSV file")
    tables, problems = [], []
    for path in files:
        name = path.relative_to(folder)
        try:
            table = read_file(path, name, columns, header)
            names = list(columns or [*tables, table][0].columns)
            if sorted(table.columns) != sorted(names):
                raise Problem(header_problem(name, table.columns, names))
            tables.append(table[names])
        except Problem as problem:
            problems += problem.lines
    if problems:
        raise Problem(*problems)
    whole = pd.concat(tables, ignore_index=True)
    return whole if columns is not None else whole.apply(lambda values: pd.Series(inferred(values)))
