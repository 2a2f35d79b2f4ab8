import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { ServiceModel } from "../../service-model/service-model.ts";
import { LocalError } from "../wire/local-error.ts";

/**
 * Reads AWS's own model of SageMaker from botocore, which is in moto's environment because moto depends on it.
 * Source: https://github.com/boto/botocore/tree/develop/botocore/data/sagemaker/2017-07-24
 *
 * @param python the executable of the environment that moto runs in
 * @throws LocalError `environment` if the file is missing or damaged
 */
export async function sagemakerModel(python: string): Promise<ServiceModel> {
  const environment = dirname(dirname(python));
  try {
    const libraries = join(environment, "lib");
    const [version = ""] = (await readdir(libraries)).filter((name) => name.startsWith("python3"));
    const data = join(libraries, version, "site-packages", "botocore", "data", "sagemaker", "2017-07-24");
    return JSON.parse((await promisify(gunzip)(await readFile(join(data, "service-2.json.gz")))).toString());
  } catch (error) {
    throw new LocalError(
      "environment",
      `the model of SageMaker's API in ${environment} is not readable (${error instanceof Error ? error.message : error}); delete the folder and start again`,
      { cause: error },
    );
  }
}
