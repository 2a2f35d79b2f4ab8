"""Reads the test rows that a split wrote."""

import hashlib
import io
import json

import pandas as pd

from .job import Problem, first_line


class TestRows:
    """The test rows, their hash and the rule of their split."""

    def __init__(self, folder):
        """Reads test.csv, split.json and, if it exists, sketches.json. Raises Problem."""
        try:
            content = (folder / "test.csv").read_bytes()
            split = json.loads((folder / "split.json").read_text())
            header = isinstance(split, dict) and split.get("header") is True
            table = pd.read_csv(io.BytesIO(content), header=0 if header else None)
            sketches = folder / "sketches.json"
            self.sketches = json.loads(sketches.read_text()) if sketches.exists() else None
        except (OSError, ValueError) as error:
            raise Problem(f"the test rows cannot be read ({first_line(error)})") from error
        self.rule = split.get("rule") if isinstance(split, dict) else None
        if not isinstance(self.rule, str):
            raise Problem("split.json has no rule; expected a file that split(...).write(...) wrote")
        if len(table) < 2:
            raise Problem(f"there are {len(table)} test rows; expected at least 2")
        names = split.get("features", [])
        if len(names) != table.shape[1] - 1:
            names = [f"feature {index + 1}" for index in range(table.shape[1] - 1)]
        self.label = split.get("label", "label")
        self.labels = table.iloc[:, 0]
        self.features = table.iloc[:, 1:].set_axis(names, axis=1)
        self.sha256 = hashlib.sha256(content).hexdigest()
