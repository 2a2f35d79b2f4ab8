"""Computes the metrics of a model, and the losses per row whose means they are.

A metric that is a mean over the rows has the standard error of that mean.
"""

import numpy as np

from .job import Problem

# A probability of 0 for what happened would be an infinite loss.
SMALLEST_PROBABILITY = 1e-15


def mean_metric(values):
    """Returns the mean of the values of the rows, and its standard error."""
    return {"value": float(np.mean(values)), "standard_error": float(np.std(values, ddof=1) / np.sqrt(len(values)))}


def ratio(part, whole):
    """Returns a metric that is a ratio; null if it is undefined."""
    return {"value": float(part / whole) if whole > 0 else None}


class Regression:
    """Predictions are one number for each row."""

    key = "regression_metrics"
    metric = "mse"
    loss_names = ("squared_error", "absolute_error")

    def labels(self, column):
        """Returns the labels as numbers. Raises ValueError."""
        return column.to_numpy(dtype=float)

    def predictions(self, predicted, rows):
        """Returns the predictions as an array. Raises ValueError if they are not one number for each row."""
        predicted = np.asarray(predicted, dtype=float)
        if predicted.shape not in ((rows,), (rows, 1)):
            raise ValueError(f"it predicts {predicted.size / max(rows, 1):g} values for a row, not one")
        return predicted.reshape(rows)

    def losses(self, labels, predicted):
        """Returns the losses of the rows by their names."""
        residuals = labels - predicted
        return {"squared_error": residuals**2, "absolute_error": np.abs(residuals)}

    def metrics(self, labels, predicted):
        """Returns MSE, MAE and R2. The standard deviations are those of the residuals and of the absolute residuals, and
        divide by the number of rows."""
        residuals = labels - predicted
        losses = self.losses(labels, predicted)
        spread = float(np.sum((labels - labels.mean()) ** 2))
        return {
            "mse": {**mean_metric(losses["squared_error"]), "standard_deviation": float(np.std(residuals))},
            "mae": {
                **mean_metric(losses["absolute_error"]),
                "standard_deviation": float(np.std(losses["absolute_error"])),
            },
            # R2 is undefined if all labels are equal.
            "r2": {"value": 1 - float(np.sum(residuals**2)) / spread if spread > 0 else None},
        }

    def pictured(self, values):
        """Returns values for the report's pictures."""
        return values


class Classification:
    """Predictions are the probability of the second class, or the probabilities of all classes, for each row."""

    metric = "log_loss"
    loss_names = ("log_loss", "zero_one_loss", "brier_score")

    def __init__(self, classes):
        self.classes = list(classes)
        self.key = "binary_classification_metrics" if len(self.classes) == 2 else "multiclass_classification_metrics"

    def labels(self, column):
        """Returns the position of each label in the classes. Raises ValueError for another label."""
        positions = {value: position for position, value in enumerate(self.classes)}
        unknown = sorted({str(value) for value in column.tolist() if value not in positions})
        if unknown:
            raise ValueError(f"the label {unknown[0]!r} is none of the classes {self.classes}; give classes=[...]")
        return np.array([positions[value] for value in column.tolist()], dtype=int)

    def predictions(self, predicted, rows):
        """Returns the probabilities of all classes (rows x classes). Raises ValueError if they are no probabilities."""
        predicted, count = np.asarray(predicted, dtype=float), len(self.classes)
        if count == 2 and predicted.shape in ((rows,), (rows, 1)):
            positive = predicted.reshape(rows)
            predicted = np.column_stack([1 - positive, positive])
        if predicted.shape != (rows, count):
            raise ValueError(f"it predicts {predicted.size / max(rows, 1):g} values for a row; expected {count}")
        wrong = (predicted < 0).any() or (predicted > 1).any() or (np.abs(predicted.sum(axis=1) - 1) > 1e-3).any()
        if wrong:
            raise ValueError("it predicts values that are no probabilities; expected values from 0 to 1 whose sum is 1")
        return predicted

    def losses(self, labels, predicted):
        """Returns the losses of the rows by their names."""
        own = predicted[np.arange(len(labels)), labels]
        happened = np.zeros_like(predicted)
        happened[np.arange(len(labels)), labels] = 1
        # The Brier score of two classes usually counts one of them only.
        brier = np.sum((predicted - happened) ** 2, axis=1) / (2 if len(self.classes) == 2 else 1)
        return {
            "log_loss": -np.log(np.clip(own, SMALLEST_PROBABILITY, 1)),
            "zero_one_loss": (predicted.argmax(axis=1) != labels).astype(float),
            "brier_score": brier,
        }

    def metrics(self, labels, predicted):
        """Returns the log loss, the accuracy and the Brier score. Two classes also have precision, recall, F1 and AUC."""
        losses = self.losses(labels, predicted)
        result = {
            "log_loss": mean_metric(losses["log_loss"]),
            "accuracy": mean_metric(1 - losses["zero_one_loss"]),
            "brier_score": mean_metric(losses["brier_score"]),
        }
        return {**result, **self.binary(labels, predicted)} if len(self.classes) == 2 else result

    def binary(self, labels, predicted):
        """Returns the metrics of the second class."""
        chosen, actual = predicted.argmax(axis=1) == 1, labels == 1
        hits = np.sum(chosen & actual)
        return {
            "precision": ratio(hits, np.sum(chosen)),
            "recall": ratio(hits, np.sum(actual)),
            "f1": ratio(2 * hits, np.sum(chosen) + np.sum(actual)),
            "auc": {"value": area_under_curve(actual, predicted[:, 1])},
        }

    def pictured(self, values):
        """Returns no values, because the report has no picture of probabilities."""
        return values[:0, 0] if values.ndim == 2 else values[:0]


def area_under_curve(actual, scores):
    """Returns the probability that a row of the class has a higher score than another row; null without such a pair."""
    from scipy.stats import rankdata

    positive, negative = np.sum(actual), np.sum(~actual)
    if positive == 0 or negative == 0:
        return None
    ranks = rankdata(scores)[actual].sum()
    return float((ranks - positive * (positive + 1) / 2) / (positive * negative))


def kind_of_model(kind, classes):
    """Returns the object that computes the metrics of a kind of model. Raises ValueError for an unknown kind."""
    if kind == "regression":
        return Regression()
    if kind == "classification":
        return Classification([0, 1] if classes is None else classes)
    raise ValueError(f"the kind is {kind!r}; give 'regression' or 'classification'")


def check_finite(values, name):
    """Raises Problem if some values are not finite."""
    if not np.isfinite(values).all():
        raise Problem(f"{name}: some predictions are not finite numbers")
