import type { ModelPackageSummary, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { listModelPackages } from "../../aws/list-model-packages.ts";

/** The number of models that are read at the same time. */
const atOnce = 5;

/** Reads the newest models of a group, at most `most`, and returns the results in their order: the newest first. */
export async function eachModel<Result>(
  sagemaker: SageMakerClient,
  group: string,
  most: number,
  read: (model: ModelPackageSummary) => Promise<Result>,
): Promise<readonly Result[]> {
  const newest = await listModelPackages(sagemaker, group, { enough: most });
  const waiting = [...newest.slice(0, most).entries()];
  const results: Result[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, model] = next;
      results[index] = await read(model);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
