"""Reads and writes checkpoints like the XGBoost image: one file `xgboost-checkpoint.<round>` per round, of which five are kept.

Source: https://github.com/aws/sagemaker-xgboost-container (checkpointing.py)
"""

import re

import xgboost

KEPT = 5
NAME = "xgboost-checkpoint"
# The ending of files that SageMaker does not upload.
UNFINISHED = ".sagemaker-ignore"


def latest(folder):
    """Returns the newest readable checkpoint and its number of rounds; None and 0 if there is no checkpoint."""
    numbered = [(int(path.suffix[1:]), path) for path in folder.iterdir() if re.fullmatch(rf"{NAME}\.\d+", path.name)]
    for number, path in sorted(numbered, reverse=True)[:KEPT]:
        booster = xgboost.Booster()
        try:
            booster.load_model(bytearray(path.read_bytes()))
        except xgboost.core.XGBoostError:
            continue
        return booster, number + 1
    return None, 0


class SaveCheckpoint(xgboost.callback.TrainingCallback):
    """Saves a checkpoint after each round and removes the older ones of this training."""

    def __init__(self, folder, first_round):
        self.folder = folder
        self.first_round = first_round

    def path(self, number):
        return self.folder / f"{NAME}.{number}"

    def after_iteration(self, model, epoch, evals_log):
        number = self.first_round + epoch
        unfinished = self.path(number).with_suffix(UNFINISHED)
        unfinished.write_bytes(model.save_raw())
        unfinished.rename(self.path(number))
        if number - KEPT >= self.first_round:
            self.path(number - KEPT).unlink(missing_ok=True)
        return False


class PrintEvaluation(xgboost.callback.TrainingCallback):
    """Prints the metrics of each round. Rounds are numbered from the start of the first training."""

    def __init__(self, first_round):
        self.first_round = first_round

    def after_iteration(self, model, epoch, evals_log):
        metrics = [
            f"{data}-{name}:{values[-1]:.5f}" for data, named in evals_log.items() for name, values in named.items()
        ]
        print("\t".join([f"[{self.first_round + epoch}]", *metrics]), flush=True)
        return False
