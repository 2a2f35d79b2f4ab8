"""Tests the metrics of models, their comparison, and the files that an evaluation writes."""

import contextlib
import hashlib
import io
import json
import shutil
import sys
import tarfile
import unittest
from unittest import mock

import numpy as np
import pandas as pd
from model_evaluation import BASE, evaluate
from model_evaluation.comparison import compare
from model_evaluation.metrics import kind_of_model
from scipy import stats
from sklearn import metrics as sklearn

ROWS = 200
generator = np.random.default_rng(5)


def archive(**files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name.replace("__py", ".py").replace("__", "/"))
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


def test_rows(labels, header=True, split=None):
    """Writes the inputs of an evaluation. The only feature of a row is its number."""
    folder = BASE / "processing" / "input" / "test"
    shutil.rmtree(BASE, ignore_errors=True)
    folder.mkdir(parents=True)
    pd.DataFrame({"label": labels, "row": range(len(labels))}).to_csv(folder / "test.csv", index=False, header=header)
    description = {"rule": "rule/1", "header": header, "label": "label", "features": ["row"]}
    (folder / "split.json").write_text(json.dumps(description if split is None else split))


def run(kind, predictions, baseline=None, archives=None, **options):
    """Evaluates models whose file names one of the predictions. Returns the exit code, the output and the evaluation."""
    folder = BASE / "processing" / "input" / "model"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.tar.gz").write_bytes((archives or {}).get("candidate", archive(model="candidate")))
    arguments = ["evaluate.py"] if baseline is None else ["evaluate.py", "--baseline-model-url", baseline]
    out, code = io.StringIO(), 0
    load = options.pop("load", lambda path: path.read_text())
    with mock.patch.object(sys, "argv", arguments), contextlib.redirect_stderr(out), contextlib.redirect_stdout(out):
        with mock.patch("model_evaluation.evaluation.download", lambda url, name: archive(model=url[5:])):
            try:
                evaluate(kind, load, lambda model, rows: predictions[model], **{"model_file": "model", **options})
            except SystemExit as ended:
                code = ended.code
    output = BASE / "processing" / "evaluation"
    written = output / "evaluation.json"
    return code, out.getvalue(), json.loads(written.read_text()) if written.exists() else None


class Metrics(unittest.TestCase):
    def test_a_regression_agrees_with_scikit_learn(self):
        labels, predicted = generator.normal(size=ROWS), generator.normal(size=ROWS)
        found = kind_of_model("regression", None).metrics(labels, predicted)
        self.assertAlmostEqual(found["mse"]["value"], sklearn.mean_squared_error(labels, predicted))
        self.assertAlmostEqual(found["mae"]["value"], sklearn.mean_absolute_error(labels, predicted))
        self.assertAlmostEqual(found["r2"]["value"], sklearn.r2_score(labels, predicted))
        self.assertAlmostEqual(found["mse"]["standard_error"], stats.sem((labels - predicted) ** 2))

    def test_two_classes_agree_with_scikit_learn(self):
        labels, positive = generator.integers(0, 2, ROWS), generator.uniform(size=ROWS).round(2)
        kind = kind_of_model("classification", None)
        predicted = kind.predictions(positive, ROWS)
        found = {name: metric["value"] for name, metric in kind.metrics(labels, predicted).items()}
        chosen = positive > 0.5
        self.assertAlmostEqual(found["log_loss"], sklearn.log_loss(labels, np.clip(positive, 1e-15, 1 - 1e-15)))
        self.assertAlmostEqual(found["accuracy"], sklearn.accuracy_score(labels, chosen))
        self.assertAlmostEqual(found["brier_score"], sklearn.brier_score_loss(labels, positive))
        self.assertAlmostEqual(found["auc"], sklearn.roc_auc_score(labels, positive))
        for name in ("precision", "recall", "f1"):
            self.assertAlmostEqual(found[name], getattr(sklearn, f"{name}_score")(labels, chosen))

    def test_several_classes_agree_with_scikit_learn(self):
        kind = kind_of_model("classification", ["a", "b", "c"])
        predicted = generator.dirichlet([1, 1, 1], ROWS)
        labels = kind.labels(pd.Series(generator.choice(["a", "b", "c"], ROWS)))
        found = kind.metrics(labels, kind.predictions(predicted, ROWS))
        self.assertAlmostEqual(found["log_loss"]["value"], sklearn.log_loss(labels, predicted))
        self.assertAlmostEqual(found["accuracy"]["value"], sklearn.accuracy_score(labels, predicted.argmax(axis=1)))
        self.assertEqual(set(found), {"log_loss", "accuracy", "brier_score"})

    def test_every_metric_of_a_loss_is_the_mean_of_that_loss(self):
        labels, predicted = generator.integers(0, 2, ROWS), generator.uniform(size=ROWS)
        kind = kind_of_model("classification", None)
        predicted = kind.predictions(predicted, ROWS)
        losses, found = kind.losses(labels, predicted), kind.metrics(labels, predicted)
        self.assertEqual(set(losses), set(kind.loss_names))
        self.assertAlmostEqual(losses["log_loss"].mean(), found["log_loss"]["value"])
        self.assertAlmostEqual(losses["brier_score"].mean(), found["brier_score"]["value"])
        self.assertAlmostEqual(1 - losses["zero_one_loss"].mean(), found["accuracy"]["value"])

    def test_undefined_metrics_are_null(self):
        regression = kind_of_model("regression", None)
        self.assertIsNone(regression.metrics(np.ones(3), np.zeros(3))["r2"]["value"])
        kind = kind_of_model("classification", None)
        found = kind.metrics(np.zeros(3, int), kind.predictions([0.1, 0.2, 0.3], 3))
        for name in ("precision", "recall", "f1", "auc"):
            self.assertIsNone(found[name]["value"], name)


class Comparisons(unittest.TestCase):
    def test_bounds_are_those_of_a_paired_t_test(self):
        candidate, approved = generator.normal(size=ROWS), generator.normal(size=ROWS)
        found = compare("squared_error", candidate, approved)
        expected = stats.ttest_rel(candidate, approved)
        interval = expected.confidence_interval(0.9)
        self.assertAlmostEqual(found["lower_95"], interval.low)
        self.assertAlmostEqual(found["upper_95"], interval.high)
        self.assertAlmostEqual(found["mean_difference"] / found["standard_error"], expected.statistic)


class Evaluations(unittest.TestCase):
    def test_the_baseline_is_scored_on_the_same_rows(self):
        labels = generator.integers(0, 2, ROWS)
        predictions = {"candidate": np.full(ROWS, 0.4), "old": np.full(ROWS, 0.5)}
        test_rows(labels)
        code, output, found = run("classification", predictions, "s3://old")
        self.assertEqual((code, output), (0, f"evaluate: {ROWS} test rows, log_loss {found_loss(found):.6g}\n"))
        key = "binary_classification_metrics"
        self.assertAlmostEqual(found["baseline"][key]["log_loss"]["value"], np.log(2))
        difference = found[key]["log_loss"]["value"] - np.log(2)
        self.assertAlmostEqual(found["comparison"]["mean_difference"], difference)
        self.assertEqual(found["comparison"]["metric"], "log_loss")
        self.assertEqual(found["model"]["sha256"], hashlib.sha256(b"candidate").hexdigest())
        self.assertEqual(found["baseline"]["sha256"], hashlib.sha256(b"old").hexdigest())
        content = (BASE / "processing/input/test/test.csv").read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        self.assertEqual(found["test"], {"rows": ROWS, "sha256": sha256, "split_rule": "rule/1"})
        pictures = json.loads((BASE / "processing/evaluation/report-data.json").read_text())
        self.assertEqual((pictures["test_rows"], pictures["actual"], pictures["candidate"]), (ROWS, [], []))
        self.assertNotIn("sketches", found)

    def test_sketches_are_copied(self):
        test_rows([1.0, 2.0, 3.0])
        (BASE / "processing/input/test/sketches.json").write_text('{"size": 1024}')
        self.assertEqual(run("regression", {"candidate": np.zeros(3)})[2]["sketches"], {"size": 1024})

    def test_the_gate_may_use_another_loss(self):
        test_rows(generator.integers(0, 2, ROWS))
        predictions = {"candidate": np.full(ROWS, 0.4), "old": np.full(ROWS, 0.6)}
        found = run("classification", predictions, "s3://old", loss="zero_one_loss")[2]
        self.assertEqual(found["comparison"]["metric"], "zero_one_loss")
        code, output, _ = run("classification", predictions, loss="hinge")
        self.assertEqual(code, 1)
        self.assertIn("the loss is 'hinge'; give one of log_loss, zero_one_loss, brier_score", output)

    def test_a_script_may_add_a_loss_of_its_own(self):
        test_rows([1.0, 2.0, 4.0])
        predictions = {"candidate": np.array([1.0, 1.0, 1.0]), "old": np.array([1.0, 2.0, 3.0])}

        def underestimate(labels, predicted):
            return np.maximum(labels - predicted, 0)

        options = {"loss": "underestimate", "losses": {"underestimate": underestimate}}
        found = run("regression", predictions, "s3://old", **options)[2]
        self.assertAlmostEqual(found["regression_metrics"]["underestimate"]["value"], 4 / 3)
        self.assertEqual(found["comparison"]["metric"], "underestimate")
        self.assertAlmostEqual(found["comparison"]["mean_difference"], 1)
        (BASE / "processing/evaluation/evaluation.json").unlink()
        _, output, _ = run("regression", predictions, losses={"mean": lambda labels, predicted: 1.0})
        self.assertIn("model: the test rows cannot be scored (the loss mean has the shape (), not (3,))", output)
        code, output, _ = run("regression", predictions, losses={"wrong": lambda labels, predicted: 1 / 0})
        self.assertEqual((code, output), (1, "evaluate: model: the test rows cannot be scored (division by zero)\n"))

    def test_classes_may_be_texts(self):
        test_rows(["no", "yes", "no"])
        code, _, found = run("classification", {"candidate": [0.1, 0.9, 0.2]}, classes=["no", "yes"])
        self.assertEqual((code, found["binary_classification_metrics"]["accuracy"]["value"]), (0, 1))
        code, output, _ = run("classification", {"candidate": [0.1, 0.9, 0.2]})
        self.assertIn("the label 'no' is none of the classes [0, 1]; give classes=[...]", output)

    def test_a_model_may_be_a_folder_whose_archive_identifies_it(self):
        test_rows([1.0, 2.0])
        content = archive(parts__weights="candidate", parts__more="x", **{"..__escaped": "y"})
        seen = []

        def load(path):
            seen.extend(sorted(str(file.relative_to(path)) for file in path.rglob("*")))
            return "candidate"

        found = run("regression", {"candidate": [1, 1]}, archives={"candidate": content}, load=load, model_file=None)[2]
        self.assertEqual(seen, ["parts", "parts/more", "parts/weights"])
        self.assertEqual(found["model"]["sha256"], hashlib.sha256(content).hexdigest())

    def test_each_model_is_scored_with_the_code_in_its_own_archive(self):
        test_rows([1.0, 2.0, 3.0])
        inference = "from features import scale\n\n\ndef load(path):\n    return scale\n\n\ndef predict(model, rows):\n    return rows['row'] * model\n"

        def own(scale):
            return archive(code__inference__py=inference, code__features__py=f"scale = {scale}\n")

        found = self.scored(own(1), own(0))
        self.assertAlmostEqual(found["regression_metrics"]["mse"]["value"], 1)
        self.assertAlmostEqual(found["baseline"]["regression_metrics"]["mse"]["value"], 14 / 3)
        self.assertNotIn("inference", sys.modules)
        cases = [
            (archive(model="x"), "the archive has no code/inference.py, whose load and predict score the model"),
            (archive(code__inference__py="import gone"), "code/inference.py cannot be imported (No module named 'gone')"),
        ]
        for wrong, problem in cases:
            for archives, code, name in (((wrong, own(1)), 1, "model"), ((own(1), wrong), 5, "baseline model s3://old")):
                self.assertEqual(self.scored(*archives), (code, f"evaluate: {name}: {problem}\n"))

    def scored(self, candidate, approved):
        """Returns the evaluation of two archives, or the exit code and the output."""
        with mock.patch("model_evaluation.evaluation.download", lambda url, name: approved):
            folder = BASE / "processing" / "input" / "model"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "model.tar.gz").write_bytes(candidate)
            out = io.StringIO()
            arguments = ["evaluate.py", "--baseline-model-url", "s3://old"]
            with mock.patch.object(sys, "argv", arguments), contextlib.redirect_stderr(out):
                with contextlib.redirect_stdout(io.StringIO()):
                    try:
                        evaluate("regression")
                    except SystemExit as ended:
                        return ended.code, out.getvalue()
        return json.loads((BASE / "processing/evaluation/evaluation.json").read_text())

    def test_problems_end_with_1_for_the_candidate_and_5_for_an_approved_model(self):
        three = [0.1, 0.9, 0.2]
        cases = [
            ([0.1, 0.9], three, 1, "model: the test rows cannot be scored (it predicts 0.666667 values for a row; expected 2)"),
            ([0.1, 1.9, 0.2], three, 1, "model: the test rows cannot be scored (it predicts values that are no probabilities"),
            ([0.1, np.nan, 0.2], three, 1, "model: some predictions are not finite numbers"),
            (three, [[0.5, 0.6]] * 3, 5, "baseline model s3://old: the test rows cannot be scored (it predicts values that"),
        ]
        for candidate, old, expected, message in cases:
            test_rows([0, 1, 0])
            code, output, found = run("classification", {"candidate": candidate, "old": old}, "s3://old")
            self.assertEqual((code, found), (expected, None), message)
            self.assertTrue(output.startswith(f"evaluate: {message}"), output)
            self.assertEqual((BASE / "output" / "message").read_text() + "\n", output)


def found_loss(found):
    return found["binary_classification_metrics"]["log_loss"]["value"]
