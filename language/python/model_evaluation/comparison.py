"""Compares two models by their losses on the same rows."""

import numpy as np

# One-sided: the true mean difference is beyond the bound with a probability of 5 %.
CONFIDENCE = 0.95


def compare(metric, candidate, approved):
    """Returns the mean of the paired differences (candidate - approved) and its one-sided 95 % bounds (Student's t).

    metric: the name of the loss. candidate, approved: the losses of the rows.
    """
    from scipy import stats

    differences = candidate - approved
    mean = float(np.mean(differences))
    error = float(np.std(differences, ddof=1) / np.sqrt(len(differences)))
    distance = float(stats.t.ppf(CONFIDENCE, len(differences) - 1)) * error
    return {
        "metric": metric,
        "mean_difference": mean,
        "standard_error": error,
        "lower_95": mean - distance,
        "upper_95": mean + distance,
    }
