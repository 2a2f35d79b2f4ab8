"""Trains XGBoost for three rounds in place of its training job, and packs both models as the training jobs would.

The validation rows are also copied to where the next step reads them.
"""

import os
import shutil
import tarfile
from pathlib import Path

import pandas as pd
import xgboost
from features import read_data

base = Path(os.environ["SAGEMAKER_BASE_DIR"])
rows = pd.read_csv(base / "processing/train/train.csv", header=None)
classes = len(read_data(Path(os.environ["PYTHONPATH"].split(os.pathsep)[0]))["classes"])
objective = {"objective": "binary:logistic"} if classes == 2 else {"objective": "multi:softprob", "num_class": classes}
matrix = xgboost.DMatrix(rows.iloc[:, 1:].to_numpy(dtype=float), label=rows.iloc[:, 0])
(base / "xgboost-model").write_bytes(xgboost.train(objective, matrix, 3).save_raw())
for name, file in (("linear", base / "model/model.joblib"), ("xgboost", base / "xgboost-model")):
    archive = base / "processing/input" / name / "model.tar.gz"
    archive.parent.mkdir(parents=True)
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(file, file.name)
shutil.copytree(base / "processing/validation", base / "processing/input/validation")
