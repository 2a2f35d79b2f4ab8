import { DescribeModelPackageCommand, type DescribeModelPackageOutput } from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "./clients.ts";
import { aws } from "./error.ts";

/** Reads a model package. @throws ExitError (2) if it does not exist, (6) if the AWS call fails */
export function describedModel({ sagemaker }: AwsClients, arn: string): Promise<DescribeModelPackageOutput> {
  return aws(`Reading ${arn}`, () => sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arn })));
}

/** Returns the S3 URI of the evaluation that a model was registered with: the `ModelQuality` statistics of its package. */
export function evaluationUri({ ModelMetrics }: DescribeModelPackageOutput): string | undefined {
  return ModelMetrics?.ModelQuality?.Statistics?.S3Uri;
}
