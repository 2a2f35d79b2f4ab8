"""Runs the scripts of docs/evaluation.md on a table of customers."""

import contextlib
import io
import json
import re
import shutil
import sys
import tarfile
import unittest
from pathlib import Path
from unittest import mock

import joblib
import numpy as np
import pandas as pd
from model_evaluation import BASE
from sklearn.linear_model import LogisticRegression

PAGE = Path(__file__).resolve().parents[3] / "docs" / "evaluation.md"


def run_script(text):
    """Runs a script as the main program without arguments, and returns what it prints."""
    out = io.StringIO()
    with mock.patch.object(sys, "argv", ["script.py"]), contextlib.redirect_stdout(out):
        exec(compile(text, "script.py", "exec"), {"__name__": "__main__"})
    return out.getvalue()


class Page(unittest.TestCase):
    def test_the_scripts_split_the_data_and_evaluate_a_model(self):
        preprocess, evaluate = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
        processing = BASE / "processing"
        shutil.rmtree(BASE, ignore_errors=True)
        (processing / "input" / "data").mkdir(parents=True)
        generator = np.random.default_rng(3)
        table = pd.DataFrame({"months": generator.integers(1, 60, 500), "price": generator.normal(30, 9, 500).round(2)})
        table["churned"] = (table["months"] + generator.normal(0, 9, 500) < 20).astype(int)
        table.to_csv(processing / "input" / "data" / "customers.csv", index=False)

        self.assertRegex(run_script(preprocess), r"^preprocess: rows train 3\d\d, validation \d+, test \d+\n$")
        rows = pd.read_csv(processing / "train" / "train.csv")
        model = LogisticRegression().fit(rows[["months", "price"]], rows["churned"])
        (processing / "input" / "model").mkdir()
        joblib.dump(model, BASE / "model.joblib")
        with tarfile.open(processing / "input" / "model" / "model.tar.gz", "w:gz") as archive:
            archive.add(BASE / "model.joblib", "model.joblib")
        shutil.copytree(processing / "test", processing / "input" / "test")

        self.assertRegex(run_script(evaluate), r"^evaluate: \d+ test rows, log_loss 0\.\d+\n$")
        found = json.loads((processing / "evaluation" / "evaluation.json").read_text())
        self.assertGreater(found["binary_classification_metrics"]["accuracy"]["value"], 0.7)
        self.assertEqual(found["sketches"]["columns"], ["months", "price", "churned"])
