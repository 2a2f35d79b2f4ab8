"""Splits the abalone data into training, validation and test rows, in the format of XGBoost's algorithm mode.

Reads every file in `processing/input/data/` as CSV without a header, with nine columns (see COLUMNS). Writes
`processing/train/train.csv`, `processing/validation/validation.csv` and `processing/test/test.csv` without a header:
the label first, then the features. Also writes `split.json` and `sketches.json` beside the test rows.

The features need nothing that is fitted to the data: trees need no scaling, XGBoost accepts missing values, and sex has a
fixed one-hot encoding. If the input is malformed, the script ends with exit code 1 and prints one line for each problem.
"""

from model_evaluation import choice, number, read_table, run, split

SEX, LABEL = "sex", "rings"
SEXES = ["F", "I", "M"]
MEASURES = ["length", "diameter", "height", "whole_weight", "shucked_weight", "viscera_weight", "shell_weight"]
COLUMNS = {SEX: choice(*SEXES), **{measure: number() for measure in MEASURES}, LABEL: number(required=True)}


def encode(rows):
    """Returns the columns to write: the label, one column for each of SEXES, and MEASURES."""
    encoded = rows[[LABEL]].copy()
    for sex in SEXES:
        encoded[f"{SEX} {sex}"] = (rows[SEX] == sex).astype(float)
    encoded[MEASURES] = rows[MEASURES]
    return encoded


def main():
    parts = split(read_table(COLUMNS, header=False), train=0.70, validation=0.15, test=0.15)
    parts.write(LABEL, encode, header=False)


if __name__ == "__main__":
    run("preprocess", main)
