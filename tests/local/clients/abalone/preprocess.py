"""Splits the UCI abalone data. It uses the container's fixed paths."""

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

BASE = "/opt/ml/processing"
NAMES = ["sex", "length", "diameter", "height", "whole", "shucked", "viscera", "shell", "rings"]

if __name__ == "__main__":
    data = pd.read_csv(f"{BASE}/input/abalone.csv", header=None, names=NAMES).head(1000)
    rings = data.pop("rings").to_numpy()[:, None]
    columns = ColumnTransformer([("number", StandardScaler(), NAMES[1:-1]), ("sex", OneHotEncoder(), ["sex"])])
    rows = np.concatenate((rings, columns.fit_transform(data)), axis=1)
    for name, part in zip(("train", "validation", "test"), np.split(rows, [700, 850])):
        pd.DataFrame(part).to_csv(f"{BASE}/{name}/{name}.csv", header=False, index=False)
