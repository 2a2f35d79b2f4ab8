import type { DescribeModelPackageOutput } from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "../../aws/clients.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { modelContent, modelUrls } from "../provenance/model-content.ts";

/**
 * Downloads the model of a package and checks that it is the evaluated one. It may differ, because the evaluation may come from
 * the step cache and the object may have been replaced since.
 *
 * @param sha256 the hash of the model file in the evaluation
 * @throws ExitError (5) if the model differs or is gone, (6) if an AWS call fails
 */
export async function checkEvaluatedModel(
  { s3 }: AwsClients,
  modelPackage: DescribeModelPackageOutput,
  sha256: string,
): Promise<void> {
  const urls = modelUrls(modelPackage);
  const arn = modelPackage.ModelPackageArn ?? "";
  if (urls.length === 0) throw new ExitError(exitCode.evaluation, `The candidate ${arn} names no model data.`);
  const contents = await Promise.all(urls.map((url) => modelContent(s3, url, sha256)));
  if (contents.includes("same")) return;
  const what = contents.includes("other")
    ? `is not the one that was evaluated, whose SHA-256 is ${sha256}`
    : "is gone, although it was evaluated";
  throw new ExitError(
    exitCode.evaluation,
    `The model of ${arn} at ${urls.join(", ")} ${what}: restore it from the bucket's versions, or train it again without the step cache.`,
  );
}
