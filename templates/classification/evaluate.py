"""Scores the new model on the test rows, and also the approved models if they exist, and writes evaluation.json.

Each model is scored with the inference.py and features.py in its own archive, as it will be used.
"""

from pathlib import Path

from features import read_data
from model_evaluation import evaluate

if __name__ == "__main__":
    classes = range(len(read_data(Path(__file__).parent)["classes"]))
    # DECISION 2: the metric. pipeline.ts names it, too. README.md explains it.
    evaluate("classification", classes=classes)
