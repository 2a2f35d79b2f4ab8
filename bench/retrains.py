"""Retrains the abalone model with other seeds and compares each two of them, as evaluate.py does: what the statistics of
the gate are tested on.

    retrains.py ABALONE_CSV_FOLDER SPLITS SEEDS RESAMPLES

Prints JSON: for each split (the split of preprocess.py first, then others by a salted hash), for each ordered pair of
seeds, the two MSEs and the comparison, and RESAMPLES times the same of test rows drawn anew from the pair's own, with
replacement.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import xgboost

repository = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(repository / "language" / "python"), str(repository / "pipelines" / "abalone")]
import preprocess
from model_evaluation import row_split
from model_evaluation.comparison import compare
from model_evaluation.table import read_file

PARAMETERS = {
    "objective": "reg:squarederror",
    "max_depth": 5,
    "eta": 0.2,
    "gamma": 4,
    "min_child_weight": 6,
    "subsample": 0.7,
    "nthread": 1,
}


def parts(rows, salt):
    """Training and test rows as arrays; salt 0 is the pipeline's own split."""
    if salt > 0:
        row_split.share = lambda row: (
            int.from_bytes(hashlib.sha256(f"{salt} {row}".encode()).digest()[:8], "big") / 2**64
        )
    tables = row_split.split(rows, train=0.70, validation=0.15, test=0.15).tables
    return preprocess.encode(tables["train"]).to_numpy(), preprocess.encode(tables["test"]).to_numpy()


def losses(train, test, seeds):
    """The squared errors on the test rows, a row for each seed."""
    matrix = xgboost.DMatrix(train[:, 1:], label=train[:, 0])
    boosters = [xgboost.train({**PARAMETERS, "seed": seed}, matrix, num_boost_round=50) for seed in range(seeds)]
    rows = xgboost.DMatrix(test[:, 1:])
    return [(test[:, 0] - booster.predict(rows).astype(float)) ** 2 for booster in boosters]


def compared(candidate, baseline):
    """Candidate's MSE, baseline's MSE, mean difference, lower and upper bound."""
    result = compare("squared_error", candidate, baseline)
    bounds = [result[key] for key in ("mean_difference", "lower_95", "upper_95")]
    return [float(candidate.mean()), float(baseline.mean()), *bounds]


def main():
    folder, splits, seeds, resamples = sys.argv[1], *map(int, sys.argv[2:])
    rows = read_file(Path(folder, "abalone.csv"), "abalone.csv", preprocess.COLUMNS, header=False)
    random = np.random.default_rng(20_240_601)
    pairs = []
    for salt in range(splits):
        models = losses(*parts(rows, salt), seeds)
        for candidate in range(seeds):
            for baseline in range(seeds):
                if candidate == baseline:
                    continue
                own, others = models[candidate], models[baseline]
                drawn = random.integers(0, len(own), (resamples, len(own)))
                pairs.append(
                    {
                        "split": salt,
                        "candidate": candidate,
                        "baseline": baseline,
                        "rows": len(own),
                        "pair": compared(own, others),
                        "resampled": [compared(own[rows], others[rows]) for rows in drawn],
                    }
                )
    json.dump(pairs, sys.stdout)


if __name__ == "__main__":
    main()
