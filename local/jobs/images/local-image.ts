import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentFacts, type ImagePythons, isImageEnvironment } from "../python/image-pythons.ts";
import type { ImageEntry } from "./image-table.ts";
import { type Generation, generationOf } from "./xgboost-generation.ts";

/** The local replacement of a container image. */
export interface LocalImage {
  readonly uri: string;
  readonly python: string;
  /** The folders with `python` and the commands of its packages, separated as in PATH. */
  readonly bin: string;
  /** The versions to which pip keeps what a job installs, as lines of a constraints file. */
  readonly constraints: readonly string[];
  /** The value of `SM_FRAMEWORK_MODULE`: the image's module that runs the user's script. */
  readonly frameworkModule: string;
  /** The command of the image's built-in algorithm. Undefined for an image that runs only the user's own scripts. */
  readonly algorithm?: readonly string[];
  /** The behaviour of this version of the XGBoost image. */
  readonly generation?: Generation;
  /** The first line of a job's log: a sentence that says in which Python the image runs. */
  readonly description: string;
}

const xgboostAlgorithm = fileURLToPath(new URL("./xgboost/algorithm.py", import.meta.url));

/** The images that run in the endpoint's own environment. Entries of a user's table come before these. */
const builtIn: readonly ImageEntry[] = [
  { image: "sagemaker-xgboost", python: "xgboost", algorithm: "xgboost" },
  ...["0.23-1", "1.0-1", "1.2-1"].map((tag) => ({
    image: `sagemaker-scikit-learn:${tag}*`,
    python: "scikit-learn-1.2",
  })),
  { image: "sagemaker-scikit-learn:1.4-2*", python: "scikit-learn-1.4" },
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
 * @throws LocalError if the image's environment cannot be installed
 */
export async function localImage(
  uri: string,
  pythons: ImagePythons,
  table: readonly ImageEntry[] = [],
): Promise<LocalImage> {
  const names = namesOf(uri);
  const entry = [...table, ...builtIn].find(({ image }) => names.some((name) => matches(image, name)));
  if (entry === undefined) {
    const known = [...table, ...builtIn].map(({ image }) => image).join(", ");
    throw new Error(
      `the image ${uri} does not run locally; images that do: ${known}. Use one of them, name a Python for it in the endpoint's images.json (docs/local-endpoint.md), or run this pipeline on AWS`,
    );
  }
  const environment = isImageEnvironment(entry.python) ? entry.python : undefined;
  const python = environment === undefined ? entry.python : await pythons.python(environment);
  const where = environment === undefined ? python : environmentFacts[environment].description;
  const constraints = environment === undefined ? [] : environmentFacts[environment].constraints;
  const common = { uri, python, bin: dirname(python), constraints };
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
