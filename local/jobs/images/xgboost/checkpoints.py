"""The checkpoints of the XGBoost image: `xgboost-checkpoint.<round>`, one a round, the newest five.

Source: https://github.com/aws/sagemaker-xgboost-container (checkpointing.py)
"""

import re

import xgboost

KEPT = 5
NAME = "xgboost-checkpoint"
# What the service does not upload.
UNFINISHED = ".sagemaker-ignore"


def latest(folder):
    """The newest checkpoint that can be read, and the number of rounds that it has; None and 0 where there is none."""
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
    """Saves each round of this training, and removes the ones of it that are too many."""

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
    """Prints a round's metrics under its number in the whole training."""

    def __init__(self, first_round):
        self.first_round = first_round

    def after_iteration(self, model, epoch, evals_log):
        metrics = [
            f"{data}-{name}:{values[-1]:.5f}" for data, named in evals_log.items() for name, values in named.items()
        ]
        print("\t".join([f"[{self.first_round + epoch}]", *metrics]), flush=True)
        return False
