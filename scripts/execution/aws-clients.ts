import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";

export interface AwsClients {
  readonly sagemaker: SageMakerClient;
  readonly s3: S3Client;
  readonly logs: CloudWatchLogsClient;
}

/** A server that accepts and never answers is given up after this many milliseconds, and asked again. */
const requestTimeout = 10_000;

/** Clients of one region; credentials and endpoint follow the AWS SDK's own environment variables. */
export function awsClients(region: string): AwsClients {
  const options = { region, requestHandler: { requestTimeout, connectionTimeout: 5000, throwOnRequestTimeout: true } };
  return {
    sagemaker: new SageMakerClient(options),
    s3: new S3Client(options),
    logs: new CloudWatchLogsClient(options),
  };
}

/** Whether the clients talk to an endpoint on this machine, which may be asked as often as one likes. */
export function isLocalEndpoint(environment: NodeJS.ProcessEnv = process.env): boolean {
  const url = environment["AWS_ENDPOINT_URL"];
  return url !== undefined && URL.canParse(url) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}
