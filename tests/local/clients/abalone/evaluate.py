"""Scores a model of the XGBoost image 1.0-1, which stores models as pickles."""

import json
import pickle
import tarfile

import pandas as pd
import xgboost

BASE = "/opt/ml/processing"

if __name__ == "__main__":
    with tarfile.open(f"{BASE}/model/model.tar.gz") as archive:
        model = pickle.load(archive.extractfile("xgboost-model"))
    data = pd.read_csv(f"{BASE}/test/test.csv", header=None)
    errors = model.predict(xgboost.DMatrix(data.iloc[:, 1:].to_numpy())) - data[0]
    with open(f"{BASE}/evaluation/evaluation.json", "w") as file:
        json.dump({"regression_metrics": {"mse": {"value": float((errors**2).mean())}}}, file)
