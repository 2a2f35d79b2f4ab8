import { join } from "node:path";
import { type PythonEnvironment, pythonEnvironment, sitePackages } from "./python-environment.ts";

interface EnvironmentFacts {
  /** The environment in the first line of a job's log. */
  readonly description: string;
  /**
   * The versions that pip may install in a job. They keep an unpinned `pip install --upgrade` to what the image's own Python
   * could install, and the SageMaker SDK at version 2, because version 3 has other modules.
   */
  readonly constraints: readonly string[];
  /** The space on disk of a large environment, which the endpoint says before it installs it. */
  readonly size?: string;
}

const sdk = "sagemaker<3";

/**
 * The environments in which images run. The endpoint needs `xgboost` when it starts. It installs the others with the first job
 * that needs them. The image 1.2-1 has Python 3.8, the image 1.4-2 has Python 3.10.
 */
export const environmentFacts = {
  xgboost: { description: "the environment of sagemaker-xgboost 3.0-5", constraints: [sdk] },
  "scikit-learn-1.2": {
    description: "the environment of sagemaker-scikit-learn 1.2-1",
    constraints: [
      sdk,
      ...["numpy<1.25", "pandas<2.1", "scipy<1.11", "scikit-learn<1.4"].map(
        (limit) => `${limit}; python_version < "3.12"`,
      ),
    ],
  },
  "scikit-learn-1.4": {
    description: "the environment of sagemaker-scikit-learn 1.4-2",
    constraints: [sdk, "numpy<2.3", "pandas<3", "scipy<1.16", "scikit-learn<1.8"],
  },
  tensorflow: { description: "an environment with TensorFlow 2.21 for the CPU", constraints: [sdk], size: "2 GB" },
} as const satisfies { readonly [name: string]: EnvironmentFacts };
export type ImageEnvironment = keyof typeof environmentFacts;

/** Tells whether a name is that of an environment that the endpoint installs. */
export function isImageEnvironment(name: string): name is ImageEnvironment {
  return Object.hasOwn(environmentFacts, name);
}

/** The packages of AWS's images that few jobs use, each with the words by which a job's code or arguments name it. */
const rarelyUsed = {
  pyarrow: /pyarrow|parquet|feather/,
  numba: /\bnumba\b/,
  dask: /\bdask\b/,
  gevent: /\bgevent\b/,
} as const;

export interface ImagePythonsOptions {
  /** The Python of the environment `xgboost`. */
  readonly xgboost: string;
  /** The folder of all environments. */
  readonly folder: string;
  readonly log: (line: string) => void;
}

/** The Pythons that stand in for AWS's images. */
export class ImagePythons {
  readonly #options: ImagePythonsOptions;
  readonly #installed = new Map<string, Promise<PythonEnvironment>>();

  constructor(options: ImagePythonsOptions) {
    this.#options = options;
  }

  /**
   * Returns the Python of an environment. Installs the environment if it is missing.
   *
   * @throws LocalError like {@link pythonEnvironment}
   */
  async python(name: ImageEnvironment): Promise<string> {
    return name === "xgboost" ? this.#options.xgboost : (await this.#install(name)).python;
  }

  /**
   * Returns the folders of the rarely used packages that a job's code names. Installs missing ones. If that is impossible, the
   * job runs without the package, because it may only mention it.
   */
  async packages(code: string): Promise<readonly string[]> {
    const named = Object.entries(rarelyUsed).filter(([, words]) => words.test(code));
    const folders = await Promise.all(
      named.map(async ([name]) => {
        try {
          const { folder } = await this.#install(name);
          return [join(folder, sitePackages(folder) ?? "")];
        } catch (error) {
          this.#options.log(
            `A job that names ${name} runs without it: ${error instanceof Error ? error.message : error}`,
          );
          return [];
        }
      }),
    );
    return folders.flat();
  }

  #install(name: string): Promise<PythonEnvironment> {
    const known = this.#installed.get(name);
    if (known !== undefined) return known;
    const { folder, log } = this.#options;
    const { size } = isImageEnvironment(name) ? (environmentFacts[name] as EnvironmentFacts) : {};
    if (size !== undefined) log(`The environment "${name}" takes about ${size} on disk.`);
    const installing = pythonEnvironment(name, { folder, log });
    this.#installed.set(name, installing);
    // The next job tries it again.
    installing.catch(() => this.#installed.delete(name));
    return installing;
  }
}
