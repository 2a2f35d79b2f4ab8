/** The behaviour of a version of AWS's XGBoost image, where versions differ. */
export interface Generation {
  /** `1.0-1`, `1.7-1`, ... */
  readonly version: string;
  /** The format of the model's file. */
  readonly model: "pickle" | "booster";
  /** A sentence about the behaviour, for the first line of a job's log. */
  readonly description: string;
}

/** The version of an image whose tag does not name one. */
const newest = "3.0-5";

/**
 * Returns the generation of an image URI according to its tag, such as `1.0-1-cpu-py3`. Until 1.2 the algorithm pickles the
 * booster; from 1.3-1 it saves it with `Booster.save_model`. The hyperparameters of each version are in
 * images/xgboost/hyperparameters.py.
 *
 * Source: https://github.com/aws/sagemaker-xgboost-container (algorithm_mode/train.py at the versions' tags)
 */
export function generationOf(uri: string): Generation {
  const [, version = newest, major = "3", minor = "0"] = /:((\d+)\.(\d+)-\d+)/.exec(uri) ?? [];
  const old = Number(major) === 0 || (Number(major) === 1 && Number(minor) < 3);
  return {
    version,
    model: old ? "pickle" : "booster",
    description: `The algorithm behaves as that of version ${version}: it ${old ? "pickles the model" : "saves the model with Booster.save_model"}.`,
  };
}
