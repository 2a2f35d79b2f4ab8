import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { localAccount } from "../../state/arn.ts";
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
  /** The same for an image that no table knows, so that a person also learns it elsewhere. */
  readonly warning?: string;
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
  { image: "tensorflow-training*", python: "tensorflow" },
];

/** The treatment of images that no table knows. */
export type UnknownImages = "run" | "refuse";

/** The tables and settings by which images are replaced. */
export interface ImageSettings {
  readonly pythons: ImagePythons;
  /** The user's own images, which come before the built-in ones. */
  readonly images: readonly ImageEntry[];
  readonly unknownImages: UnknownImages;
}

/**
 * The repositories of AWS's other images. Their programs and packages do not run here, so their scripts would not either.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg-ecr-paths/sagemaker-algo-docker-registry-paths.html and the URIs of the
 * SageMaker Python SDK
 */
const ofAws =
  /^(autogluon|djl|huggingface|mxnet|pytorch|sagemaker|smdistributed|stabilityai|tensorflow|llama-cpp|detailed-profiler)-|^(blazingtext|factorization-machines|forecasting-deepar|image-classification|ipinsights|kmeans|knn|lda|linear-learner|ntm|object-detection|object2vec|pca|pytorch|randomcutforest|ray|semantic-segmentation|seq2seq|sglang|tei|vllm|whisperx|xgboost)(-|$)/;

/** Tells whether an image is one of AWS's: it has the name of one, and is not in the registry of the user's account. */
function isOfAws(uri: string): boolean {
  const [, account] = /^(\d{12})\.dkr\.ecr\./.exec(uri) ?? [];
  return account !== undefined && account !== localAccount && ofAws.test(namesOf(uri)[2] ?? "");
}

/** The module that runs the user's script in an image without an algorithm, by the beginning of the repository's name. */
const modules = {
  "sagemaker-scikit-learn": "sagemaker_sklearn_container.training:main",
  "tensorflow-training": "sagemaker_tensorflow_container.training:main",
};

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
 * @throws Error for an image that does not run locally
 * @throws LocalError if the image's environment cannot be installed
 */
export async function localImage(uri: string, { pythons, images, unknownImages }: ImageSettings): Promise<LocalImage> {
  const names = namesOf(uri);
  const entry = [...images, ...builtIn].find(({ image }) => names.some((name) => matches(image, name)));
  if (entry === undefined) {
    if (unknownImages === "run" && !isOfAws(uri)) return unknownImage(uri, pythons);
    const known = [...images, { image: "sagemaker-xgboost" }, { image: "sagemaker-scikit-learn" }]
      .map(({ image }) => image)
      .join(", ");
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
    const [, frameworkModule = ""] = Object.entries(modules).find(([name]) => names[2]?.startsWith(name)) ?? [];
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

/** Returns the replacement of an image that no table knows, such as the user's own: it runs Python scripts. */
async function unknownImage(uri: string, pythons: ImagePythons): Promise<LocalImage> {
  const python = await pythons.python("xgboost");
  const { description: where, constraints } = environmentFacts.xgboost;
  const warning = `The image ${uri} is not known here. Its script runs in ${where}; name a Python for it in images.json if it needs other packages.`;
  return { uri, python, bin: dirname(python), constraints, frameworkModule: "", description: warning, warning };
}
