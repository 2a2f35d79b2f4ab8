"""Scores the new model on the test rows, and also the approved models if they exist, and writes evaluation.json."""

from inference import load, predict
from model_evaluation import evaluate


def gains(model, names):
    """Returns how much each feature improved the training loss, for the report. A feature that no split uses has 0."""
    gain = model.get_score(importance_type="gain")
    return [gain.get(f"f{number}", 0.0) for number in range(len(names))]


if __name__ == "__main__":
    # DECISION 2: the metric. pipeline.ts names it, too. README.md explains it.
    evaluate("regression", load, predict, model_file="model.ubj", feature_gain=gains)
