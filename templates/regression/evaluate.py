"""Scores the new model on the test rows, and also the approved models if they exist, and writes evaluation.json.

Each model is scored with the inference.py and features.py in its own archive, as it will be used.
"""

from model_evaluation import evaluate


def gains(model, names):
    """Returns by how much a split of each column improves the training loss on average, for the report."""
    booster, kinds = model
    columns = [name for name, kind in kinds.items() for _ in ([kind] if kind == "number" else kind)]
    gain, splits = (booster.get_score(importance_type=kind) for kind in ("total_gain", "weight"))
    average = []
    for name in names:
        own = [f"f{number}" for number, column in enumerate(columns) if column == name]
        count = sum(splits.get(feature, 0) for feature in own)
        average.append(sum(gain.get(feature, 0) for feature in own) / count if count else 0.0)
    return average


if __name__ == "__main__":
    # DECISION 2: the metric. pipeline.ts names it, too. README.md explains it.
    evaluate("regression", model_file="model.ubj", feature_gain=gains)
