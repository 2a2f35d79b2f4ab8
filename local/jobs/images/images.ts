import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { ImageEntry } from "./image-table.ts";
import { type Generation, generationOf } from "./xgboost-generation.ts";

/** What stands for a container image on this machine. */
export interface LocalImage {
  readonly uri: string;
  readonly python: string;
  /** The folders with `python` and what it brings, as in PATH. */
  readonly bin: string;
  /** The image's module that runs the user's script, for `SM_FRAMEWORK_MODULE`. */
  readonly frameworkModule: string;
  /** The command of the image's built-in algorithm; none for an image that only runs the user's own scripts. */
  readonly algorithm?: readonly string[];
  /** Of the XGBoost image: how the algorithm of this version behaves. */
  readonly generation?: Generation;
  /** Where it runs, in words, for the first line of a job's log. */
  readonly description: string;
}

/** The Python executables that the local images run. */
export interface Pythons {
  readonly xgboost: string;
}

const xgboostAlgorithm = fileURLToPath(new URL("./xgboost/algorithm.py", import.meta.url));

/** Which images run in the environment that is made for this endpoint, unless a user's table says otherwise. */
const builtIn: readonly ImageEntry[] = [
  { image: "sagemaker-xgboost", python: "xgboost", algorithm: "xgboost" },
  // The XGBoost environment holds scikit-learn and pandas too: one environment serves every step.
  { image: "sagemaker-scikit-learn", python: "xgboost" },
];

/** Repository and tag of an image URI, and the whole URI: what an entry of the table may name. */
function namesOf(uri: string): readonly string[] {
  const path = uri.replace(/^[^/]*\//, "");
  return [uri, path, path.replace(/[:@].*$/, "")];
}

/** `*` stands for any characters. */
function matches(pattern: string, name: string): boolean {
  const expression = pattern
    .split("*")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${expression}$`).test(name);
}

/**
 * The local stand-in of an image URI such as `683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5`.
 *
 * @param table the user's own images, which come before the built-in ones
 * @throws Error for an image that has none.
 */
export function localImage(uri: string, pythons: Pythons, table: readonly ImageEntry[] = []): LocalImage {
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
