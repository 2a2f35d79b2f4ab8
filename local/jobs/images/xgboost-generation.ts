/** How a version of AWS's XGBoost image behaves, where versions differ. */
export interface Generation {
  /** `1.0-1`, `1.7-1`, ... */
  readonly version: string;
  /** What a model's file is. */
  readonly model: "pickle" | "booster";
  /** In words, for the first line of a job's log. */
  readonly description: string;
}

/** What is taken for an image whose tag names no version. */
const newest = "3.0-5";

/**
 * The generation of an image URI by its tag, such as `1.0-1-cpu-py3`: until 1.2 the algorithm pickles the booster, from 1.3-1 on
 * it saves it with `Booster.save_model`. Which hyperparameters each takes, images/xgboost/hyperparameters.py says.
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
