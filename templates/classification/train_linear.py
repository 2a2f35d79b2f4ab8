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

from features import encode, read_data


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--regularization", type=float, help="its strength: a higher one gives smaller coefficients")
    arguments = parser.parse_args()
    rows = pd.read_csv(Path(os.environ["SM_CHANNEL_TRAIN"], "train.csv"))
    model = make_pipeline(
        SimpleImputer(strategy="median", keep_empty_features=True),
        StandardScaler(),
        LogisticRegression(C=1 / arguments.regularization, max_iter=1000),
    )
    model.fit(encode(rows, read_data(Path(__file__).parent)["features"]).to_numpy(), rows.iloc[:, 0])
    joblib.dump(model, Path(os.environ["SM_MODEL_DIR"], "model.joblib"))


if __name__ == "__main__":
    main()
