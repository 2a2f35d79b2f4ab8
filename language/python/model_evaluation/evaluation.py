"""Scores the candidate and the approved models on the same test rows, and writes evaluation.json."""

import argparse
import json
import tempfile
from contextlib import nullcontext
from types import SimpleNamespace

import numpy as np

from .comparison import compare
from .job import BASE, NotComparable, Problem, first_line, run
from .metrics import check_finite, kind_of_model, mean_metric
from .model_data import download, model_path, read_candidate
from .own_code import own_inference
from .report_data import write_report_data
from .test_rows import TestRows

SCHEMA_VERSION = 1
# Not an empty string, because StartPipelineExecution rejects an empty parameter value.
NO_MODEL = "none"


class Scored:
    """A model with its predictions for the test rows. Raises Problem."""

    def __init__(self, archive, name, scoring):
        """Unpacks and loads a model, and lets it predict. name: the model's name in messages."""
        with tempfile.TemporaryDirectory() as folder:
            path, self.sha256 = model_path(archive, folder, scoring.model_file, name)
            with scoring.code(folder, name) as code:
                own = self.score(code, path, name, scoring)
        check_finite(self.predicted, name)
        self.metrics = scoring.kind.metrics(scoring.labels, self.predicted)
        self.metrics.update({name: mean_metric(loss) for name, loss in own.items()})
        self.loss = {**scoring.kind.losses(scoring.labels, self.predicted), **own}[scoring.loss]

    def score(self, code, path, name, scoring):
        """Loads the model with the functions of `code`, and predicts. Returns the script's own losses. Raises Problem."""
        try:
            self.model = code.load(path)
        except Exception as error:
            raise Problem(f"{name}: the model cannot be loaded ({first_line(error)})") from error
        try:
            predicted = code.predict(self.model, scoring.rows.features)
            self.predicted = scoring.kind.predictions(predicted, len(scoring.labels))
            return scoring.own_losses(self.predicted)
        except Exception as error:
            raise Problem(f"{name}: the test rows cannot be scored ({first_line(error)})") from error


class Scoring:
    """The test rows, and the functions that load a model and let it predict."""

    def __init__(self, kind, loss, load, predict, model_file, losses):
        self.kind, self.load, self.predict, self.model_file = kind, load, predict, model_file
        self.losses = losses or {}
        self.loss = kind.loss_names[0] if loss is None else loss
        names = [*kind.loss_names, *self.losses]
        if self.loss not in names:
            raise Problem(f"the loss is {loss!r}; give one of {', '.join(names)}")
        self.rows = TestRows(BASE / "processing" / "input" / "test")
        try:
            self.labels = kind.labels(self.rows.labels)
        except ValueError as error:
            raise Problem(f"the test rows cannot be read ({first_line(error)})") from error

    def code(self, folder, name):
        """Returns a context with the functions `load` and `predict`: those of the archive if the script gives none."""
        if self.load is None:
            return own_inference(folder, name)
        return nullcontext(SimpleNamespace(load=self.load, predict=self.predict))

    def own_losses(self, predicted):
        """Returns the script's own losses of the rows by their names. Raises ValueError if they are not one for each row."""
        own = {name: np.asarray(of(self.labels, predicted), dtype=float) for name, of in self.losses.items()}
        for name, loss in own.items():
            if loss.shape != self.labels.shape:
                raise ValueError(f"the loss {name} has the shape {loss.shape}, not {self.labels.shape}")
        return own


def evaluation(scoring, scored, urls):
    """Returns evaluation.json. scored: the models by their names. urls: the S3 URIs of the approved ones."""
    rows, candidate = scoring.rows, scored["candidate"]
    result = {
        "schema_version": SCHEMA_VERSION,
        scoring.kind.key: candidate.metrics,
        "test": {"rows": len(scoring.labels), "sha256": rows.sha256, "split_rule": rows.rule},
        "model": {"sha256": candidate.sha256},
    }
    for name, comparison in (("baseline", "comparison"), ("best", "best_comparison")):
        if name in scored:
            approved = scored[name]
            result[name] = {"model_url": urls[name], "sha256": approved.sha256, scoring.kind.key: approved.metrics}
            result[comparison] = compare(scoring.loss, candidate.loss, approved.loss)
    if rows.sketches is not None:
        result["sketches"] = rows.sketches
    return result


def score_models(scoring, urls):
    """Returns the scored models by their names. Raises Problem, and NotComparable for an approved model."""
    archive = read_candidate(BASE / "processing" / "input" / "model" / "model.tar.gz")
    scored = {"candidate": Scored(archive, "model", scoring)}
    for name, url in urls.items():
        try:
            scored[name] = Scored(download(url, f"{name} model"), f"{name} model {url}", scoring)
        except Problem as problem:
            raise NotComparable(*problem.lines) from problem
    return scored


def evaluate(
    kind, load=None, predict=None, model_file=None, classes=None, loss=None, losses=None, feature_gain=None
):
    """Scores the candidate and the approved models of the command line. Writes evaluation.json and report-data.json.

    Reads `processing/input/model/model.tar.gz`, and in `processing/input/test/` what `split(...).write(...)` wrote. Ends
    the process with exit code 1 if the candidate cannot be scored, and with 5 if an approved model cannot be scored.

    kind: "regression" or "classification". load: a function that returns the model of a path: the file `model_file` of the
    archive, or the unpacked folder if no file is given. The SHA-256 of the file (or the archive) identifies the model.
    predict: a function of the model and a DataFrame of features. It returns a number for each row; for a classification,
    the probabilities of `classes`, or of the second one if there are two. Without `load` and `predict`, each model is
    scored with these functions of the code/inference.py in its own archive, so that a change of the code changes no
    approved model. classes: the values of the label, [0, 1] if not
    given. loss: the gate's loss per row, squared_error or log_loss if not given. losses: functions of the labels and the
    predictions that return more losses per row, by their names; the mean of each is a metric of the same name. The labels of
    a classification are positions in `classes`. feature_gain: a function of the model and the features' names that returns a
    number for each, for the report.
    """
    kind = kind_of_model(kind, classes)
    run("evaluate", lambda: write_evaluation(kind, loss, load, predict, model_file, losses, feature_gain))


def write_evaluation(kind, loss, load, predict, model_file, losses, feature_gain):
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--baseline-model-url", default=NO_MODEL, help="S3 URI of the approved model, or none")
    parser.add_argument("--best-model-url", default=NO_MODEL, help="S3 URI of the best approved model, or none")
    arguments = parser.parse_args()
    given = {"baseline": arguments.baseline_model_url, "best": arguments.best_model_url}
    urls = {name: url for name, url in given.items() if url != NO_MODEL}
    # Values that overflow are rejected below, with an error of one line.
    with np.errstate(over="ignore", invalid="ignore"):
        scoring = Scoring(kind, loss, load, predict, model_file, losses)
        scored = score_models(scoring, urls)
        result = evaluation(scoring, scored, urls)
    try:
        text = json.dumps(result, indent=2, allow_nan=False)
    except ValueError as error:
        raise Problem("some metrics are not finite numbers; look for enormous labels in the data") from error
    folder = BASE / "processing" / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evaluation.json").write_text(text + "\n")
    value = result[kind.key][kind.metric]["value"]
    print(f"evaluate: {len(scoring.labels)} test rows, {kind.metric} {value:.6g}")
    write_report_data(folder, scoring.rows, kind, scoring.labels, scored, feature_gain)
