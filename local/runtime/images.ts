import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** What stands for a container image on this machine. */
export interface LocalImage {
  readonly python: string;
  /** The folder of `python`. */
  readonly bin: string;
  /** The command of the image's built-in algorithm; none for an image that only runs the user's own scripts. */
  readonly algorithm?: readonly string[];
}

/** The Python executables that the local images run. */
export interface Pythons {
  readonly xgboost: string;
}

const xgboostAlgorithm = fileURLToPath(new URL("./images/xgboost/algorithm.py", import.meta.url));

const images: { readonly [repository: string]: (pythons: Pythons) => LocalImage } = {
  "sagemaker-xgboost": ({ xgboost }) => ({
    python: xgboost,
    bin: dirname(xgboost),
    algorithm: [xgboost, xgboostAlgorithm],
  }),
  // The XGBoost environment holds scikit-learn and pandas too: one environment serves every step.
  "sagemaker-scikit-learn": ({ xgboost }) => ({ python: xgboost, bin: dirname(xgboost) }),
};

/**
 * The local stand-in of an image URI such as `683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5`.
 *
 * @throws Error for a repository that has none.
 */
export function localImage(uri: string, pythons: Pythons): LocalImage {
  const repository = uri.replace(/^[^/]*\//, "").replace(/[:@].*$/, "");
  const image = Object.hasOwn(images, repository) ? images[repository] : undefined;
  if (image !== undefined) return image(pythons);
  throw new Error(
    `the image ${uri} does not run locally: only ${Object.keys(images).join(" and ")} do; use one of them, or run this pipeline on AWS`,
  );
}
