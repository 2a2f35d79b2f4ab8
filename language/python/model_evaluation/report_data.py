"""Writes report-data.json, the data of the report's pictures."""

import json

import numpy as np

from .job import first_line

# More points would not make the picture clearer, and the report must stay small.
MOST_ROWS = 1000


def rounded(values):
    """Returns numbers with six digits."""
    return [float(f"{value:.6g}") for value in np.asarray(values, dtype=float)]


def report_data(rows, kind, labels, scored, feature_gain):
    """Returns the predictions for evenly chosen test rows, and the gain of each feature. All columns have the same length.

    scored: the models by their names. feature_gain: a function of the model and the features' names, or None.
    """
    every = -(-len(labels) // MOST_ROWS)
    result = {
        "schema_version": 1,
        "label": rows.label,
        "test_rows": len(labels),
        "actual": rounded(kind.pictured(labels)[::every]),
        "candidate": rounded(kind.pictured(scored["candidate"].predicted)[::every]),
    }
    if "baseline" in scored:
        result["baseline"] = rounded(kind.pictured(scored["baseline"].predicted)[::every])
    if feature_gain is not None:
        names = list(rows.features.columns)
        gains = rounded(feature_gain(scored["candidate"].model, names))
        if len(gains) != len(names):
            raise ValueError(f"feature_gain returned {len(gains)} numbers for {len(names)} features")
        result["feature_gain"] = [{"feature": name, "gain": gain} for name, gain in zip(names, gains)]
    return result


def write_report_data(folder, *data):
    """Writes report-data.json. An error must not fail the step, because the evaluation is valid without the file."""
    try:
        text = json.dumps(report_data(*data), allow_nan=False)
        (folder / "report-data.json").write_text(text + "\n")
    except Exception as error:
        print(f"evaluate: no data for the report's pictures ({first_line(error)})")
