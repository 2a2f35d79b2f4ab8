import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { ImageEntry } from "./image-table.ts";
import { type Generation, generationOf } from "./xgboost-generation.ts";

/** The local replacement of a container image. */
export interface LocalImage {
  readonly uri: string;
  readonly python: string;
  /** The folders with `python` and the commands of its packages, separated as in PATH. */
  readonly bin: string;
  /** The value of `SM_FRAMEWORK_MODULE`: the image's module that runs the user's script. */
  readonly frameworkModule: string;
  /** The command of the image's built-in algorithm. Undefined for an image that runs only the user's own scripts. */
  readonly algorithm?: readonly string[];
  /** The behaviour of this version of the XGBoost image. */
  readonly generation?: Generation;
  /** The first line of a job's log: a sentence that says in which Python the image runs. */
  readonly description: string;
}

/** The Python executables of the images that the endpoint provides. */
export interface ImagePythons {
  readonly xgboost: string;
}

const xgboostAlgorithm = fileURLToPath(new URL("./xgboost/algorithm.py", import.meta.url));

/** The images that run in the endpoint's own environment. Entries of a user's table come before these. */
const builtIn: readonly ImageEntry[] = [
  { image: "sagemaker-xgboost", python: "xgboost", algorithm: "xgboost" },
  // The XGBoost environment also has scikit-learn and pandas, so one environment is enough for every step.
  { image: "sagemaker-scikit-learn", python: "xgboost" },
];

/** Returns the names by which a table may name an image: the whole URI, `repository:tag` and `repository`. */
function namesOf(uri: string): readonly string[] {
  const path = uri.replace(/^[^/]*\//, "");
  return [uri, path, path.replace(/[:@].*$/, "")];
}

/** Tells whether a name matches a pattern in which `*` matches any characters. */
function matches(pattern: string, name: string): boolean {
  const expression = pattern
    .split("*")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${expression}$`).test(name);
}

/**
 * Returns the local replacement of an image, such as
 * `683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5`.
 *
 * @param table the user's own images, which come before the built-in ones
 * @throws Error for an image that does not run locally
 */
export function localImage(uri: string, pythons: ImagePythons, table: readonly ImageEntry[] = []): LocalImage {
  const names = namesOf(uri);
  const entry = [...table, ...builtIn].find(({ image }) => names.some((name) => matches(image, name)));
  if (entry === undefined) {
    const known = [...table, ...builtIn].map(({ image }) => image).join(", ");
    throw new Error(
      `the image ${uri} does not run locally; images that do: ${known}. Use one of them, name a Python for it in the endpoint's images.json (docs/local-endpoint.md), or run this pipeline on AWS`,
    );
  }
  const python = entry.python === "xgboost" ? pythons.xgboost : entry.python;
  const where = entry.python === "xgboost" ? "the environment of sagemaker-xgboost 3.0-5" : entry.python;
  const common = { uri, python, bin: dirname(python) };
  const description = `The image ${uri} runs locally in ${where}.`;
  if (entry.algorithm === undefined) {
    const frameworkModule = names[2]?.endsWith("scikit-learn") ? "sagemaker_sklearn_container.training:main" : "";
    return { ...common, frameworkModule, description };
  }
  const generation = generationOf(uri);
  return {
    ...common,
    frameworkModule: "sagemaker_xgboost_container.training:main",
    generation,
    algorithm: [python, xgboostAlgorithm, generation.version],
    description,
  };
}
