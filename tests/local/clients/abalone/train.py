"""A user's training script, which reads the container's environment variables."""

import argparse
import json
import os

import pandas as pd

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--quantile", type=float)
    arguments = parser.parse_args()
    data = pd.concat(
        pd.read_csv(os.path.join(os.environ["SM_CHANNEL_TRAIN"], name), header=None)
        for name in os.listdir(os.environ["SM_CHANNEL_TRAIN"])
    )
    with open(os.path.join(os.environ["SM_MODEL_DIR"], "model.json"), "w") as file:
        json.dump({"rings": float(data[0].quantile(arguments.quantile))}, file)
