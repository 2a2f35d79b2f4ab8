"""Chooses the model with the lower log loss on the validation rows, and packs it with the code that serves it.

The choice never sees the test rows. Otherwise the evaluation would flatter the chosen model.
"""

import gzip
import shutil
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from inference import load, predict
from model_evaluation import BASE, Problem, run

HERE = Path(__file__).parent
MODELS = ("linear", "xgboost")


def log_loss(folder, rows):
    """Returns the log loss of the model in a folder."""
    probabilities = predict(load(folder), rows)
    own = probabilities[np.arange(len(rows)), rows.iloc[:, 0]]
    return float(-np.log(np.clip(own, 1e-15, 1)).mean())


def without_times(member):
    """Makes the archives of equal models equal."""
    member.mtime, member.uid, member.gid, member.uname, member.gname = 0, 0, 0, "", ""
    return member


def pack(folder, path):
    """Writes the files of a folder and the code as a model.tar.gz."""
    files = [(file, file.name) for file in sorted(folder.iterdir()) if file.is_file()]
    files += [(HERE / name, f"code/{name}") for name in ("inference.py", "features.py")]
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(path, "wb", mtime=0) as compressed, tarfile.open(fileobj=compressed, mode="w") as archive:
        for file, name in files:
            archive.add(file, name, filter=without_times)


def main():
    processing = BASE / "processing"
    rows = pd.read_csv(processing / "input" / "validation" / "validation.csv")
    with tempfile.TemporaryDirectory() as temporary:
        losses = {}
        for name in MODELS:
            folder = Path(temporary, name)
            with tarfile.open(processing / "input" / name / "model.tar.gz") as archive:
                archive.extractall(folder, filter="data")
            shutil.copy(HERE / "data.json", folder)
            losses[name] = log_loss(folder, rows)
            print(f"choose: {name} has the log loss {losses[name]:.6g} on {len(rows)} validation rows")
        best = min(losses, key=losses.get)
        print(f"choose: {best} is better")
        pack(Path(temporary, best), processing / "model" / "model.tar.gz")


if __name__ == "__main__":
    run("choose", main)
