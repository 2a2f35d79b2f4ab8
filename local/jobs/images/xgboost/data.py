"""Reads the data of a channel like the XGBoost image: CSV, LIBSVM or Parquet, according to its content type.

Source: https://github.com/aws/sagemaker-xgboost-container (data_utils.py)
"""

import csv
import importlib.util
import io

import numpy as np
import pandas as pd
import xgboost

CSV, LIBSVM, PARQUET, RECORDIO = "csv", "libsvm", "parquet", "recordio-protobuf"

CONTENT_TYPES = {
    "csv": CSV,
    "libsvm": LIBSVM,
    "parquet": PARQUET,
    "recordio-protobuf": RECORDIO,
    "text/csv": CSV,
    "text/libsvm": LIBSVM,
    "text/x-libsvm": LIBSVM,
    "application/x-parquet": PARQUET,
    "application/x-recordio-protobuf": RECORDIO,
}


class UserError(Exception):
    """An error in the data or settings, which the user has to fix."""


def content_type_of(channel):
    """Returns the format of a channel's data; LIBSVM without a ContentType. Raises UserError for an unsupported ContentType."""
    declared = channel.get("ContentType", "text/libsvm")
    kind, *parameters = [part.strip() for part in declared.lower().split(";")]
    if kind not in CONTENT_TYPES:
        raise UserError(f"{declared} is not an accepted ContentType: {', '.join(CONTENT_TYPES)}.")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if CONTENT_TYPES[kind] == CSV and name.strip() == "label_size" and value.strip() != "1":
            raise UserError(
                f"{declared} is not an accepted csv ContentType. Optional parameter label_size must be equal to 1"
            )
    if CONTENT_TYPES[kind] == RECORDIO:
        raise UserError(f"The content type {declared} does not run locally; use text/csv or text/libsvm")
    return CONTENT_TYPES[kind]


def data_files(folder):
    """Lists the files of a channel. Like the image, it skips names that begin with a dot or an underscore, such as _SUCCESS."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "_")))
    if not files:
        raise UserError(f"No data found in channel: {folder.name}")
    return files


def read_channel(folder, channel, weighted):
    """Reads all files of a channel as a DMatrix. The columns are the label, in CSV the weight if `weighted`, and the features."""
    kind = content_type_of(channel)
    files = data_files(folder)
    if kind == LIBSVM:
        return libsvm(files, folder.name)
    rows = parquet(files, folder.name) if kind == PARQUET else comma_separated(files, folder.name)
    weighted = weighted and kind == CSV
    first_feature = 2 if weighted else 1
    if rows.shape[1] <= first_feature:
        needed = "a label, a weight and a feature" if weighted else "a label and a feature"
        problem = f"a row needs {needed}, but has only {rows.shape[1]} column(s)"
        raise UserError(f"Failed to load {kind} data of channel {folder.name}: {problem}")
    return xgboost.DMatrix(rows[:, first_feature:], label=rows[:, 0], weight=rows[:, 1] if weighted else None)


def delimiter_of(file):
    """Guesses the delimiter from the first line, like the image. The default is a comma."""
    with open(file, errors="ignore") as text:
        line = text.readline()
    try:
        delimiter = csv.Sniffer().sniff(line).delimiter
    except csv.Error:
        return ","
    return delimiter if delimiter in ",;|\t " else ","


def comma_separated(files, name):
    try:
        tables = [pd.read_csv(path, header=None, sep=delimiter_of(path)) for path in files]
        return pd.concat(tables).to_numpy(dtype=float)
    except (ValueError, pd.errors.ParserError) as error:
        raise UserError(f"Failed to load csv data of channel {name}: {error}") from error


def parquet(files, name):
    if importlib.util.find_spec("pyarrow") is None:
        raise UserError(
            f"Channel {name}: Parquet needs pyarrow, which could not be installed; use text/csv, or a Python with "
            "pyarrow for this image (images.json)"
        )
    try:
        return pd.concat([pd.read_parquet(path) for path in files]).to_numpy(dtype=float)
    except (ValueError, OSError) as error:
        raise UserError(f"Failed to load parquet data of channel {name}: {error}") from error


def libsvm(files, name):
    """Reads files in which each line is `<label>[:<weight>] <index>:<value> ...`."""
    # Imported here, because these imports take half a second and only LIBSVM needs them.
    from scipy.sparse import vstack
    from sklearn.datasets import load_svmlight_files

    try:
        plain, weights = unweighted(files)
        loaded = load_svmlight_files(plain, zero_based=True)
    except ValueError as error:
        raise UserError(f"Failed to load libsvm data of channel {name}: {error}") from error
    features, labels = vstack(loaded[0::2]).tocsr(), np.concatenate(loaded[1::2])
    return xgboost.DMatrix(features, label=labels, weight=weights)


def unweighted(files):
    """Separates the weights of the instances from the files. The weights are None if no line has one."""
    plain, weights = [], []
    for path in files:
        lines = []
        for line in path.read_text(errors="ignore").splitlines():
            label, _, rest = line.strip().partition(" ")
            if not label:
                continue
            label, _, weight = label.partition(":")
            weights.append(float(weight) if weight else None)
            lines.append(f"{label} {rest}\n")
        plain.append(io.BytesIO("".join(lines).encode()))
    given = [weight for weight in weights if weight is not None]
    if not given:
        return plain, None
    return plain, np.array([1.0 if weight is None else weight for weight in weights])
