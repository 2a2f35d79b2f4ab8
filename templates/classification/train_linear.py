"""Trains a logistic regression with scikit-learn.

Missing values become the median of their column, and the columns get the same scale. Both are fitted to the training rows.
"""

import argparse
import os
from pathlib import Path

import joblib
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--regularization", type=float, help="its strength: a higher one gives smaller coefficients")
    arguments = parser.parse_args()
    table = pd.read_csv(Path(os.environ["SM_CHANNEL_TRAIN"], "train.csv"), header=None)
    model = make_pipeline(
        SimpleImputer(strategy="median", keep_empty_features=True),
        StandardScaler(),
        LogisticRegression(C=1 / arguments.regularization, max_iter=1000),
    )
    model.fit(table.iloc[:, 1:].to_numpy(dtype=float), table.iloc[:, 0])
    joblib.dump(model, Path(os.environ["SM_MODEL_DIR"], "model.joblib"))


if __name__ == "__main__":
    main()
