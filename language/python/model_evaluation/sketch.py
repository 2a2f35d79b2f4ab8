"""Makes bottom-k sketches of rows: the k smallest hashes of a set of rows.

Two sketches tell how many rows two sets have in common, without the rows themselves. The stack check compares the test
rows of one model with the training rows of another.
"""

import hashlib

from .canonical import canonical_rows

# The sketches must not use the hash of the split: the smallest of those hashes are all training rows.
HASH = "sha256-of-sketch-and-canonical-row/1"
SIZE = 1024
DIGITS = 16


def row_hash(row):
    """Returns the first 64 bits of a row's hash in hexadecimal."""
    return hashlib.sha256(f"{HASH}\n{row}".encode()).hexdigest()[:DIGITS]


def sketch(hashes, size=SIZE):
    """Returns the sketch of some hashes. If there are at most `size` different hashes, it has all of them."""
    distinct = sorted(set(hashes))
    return {"rows": len(hashes), "distinct": len(distinct), "hashes": "".join(distinct[:size])}


def sketches_of(hashes, columns, size=SIZE):
    """Returns the sketches for evaluation.json. hashes: the hashes of the rows for each part. columns: what was hashed."""
    result = {"hash": HASH, "size": size, "columns": [str(column) for column in columns]}
    result.update({name: sketch(rows, size) for name, rows in hashes.items()})
    # Rows that are in both parts of one table show how often that happens without a leak.
    result["test"]["also_in_train"] = len(set(hashes["test"]) & set(hashes["train"]))
    return result


def sketches(parts, size=SIZE):
    """Returns the sketches for evaluation.json. parts: a DataFrame for each of train, validation (optional) and test."""
    hashes = {name: [row_hash(row) for row in canonical_rows(table)] for name, table in parts.items()}
    return sketches_of(hashes, next(iter(parts.values())).columns, size)
