import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { nameOfCall } from "./call-name.ts";
import { type Clock, systemClock } from "./clock.ts";
import { PatientRetries, patience } from "./patient-retries.ts";

export interface AwsClients {
  readonly sagemaker: SageMakerClient;
  readonly s3: S3Client;
  readonly logs: CloudWatchLogsClient;
  /** The time by which the clients wait before they try again, and by which an execution is waited for. */
  readonly clock: Clock;
  /** Whether they talk to an endpoint on this machine. */
  readonly isLocal: boolean;
}

export interface ClientSettings {
  readonly isLocal?: boolean;
  readonly clock?: Clock;
  /** A server that accepts and does not answer is given up after this many milliseconds, and asked again. */
  readonly requestTimeout?: number;
}

/** Clients of one region; credentials and endpoint follow the AWS SDK's own environment variables. */
export function awsClients(
  region: string,
  { clock = systemClock, requestTimeout = 9000, isLocal = isLocalEndpoint() }: ClientSettings = {},
): AwsClients {
  const options = {
    region,
    // One ends the wait for the head of an answer, the other one that for the rest of its body.
    requestHandler: {
      ...{ requestTimeout, socketTimeout: requestTimeout },
      ...{ connectionTimeout: 5000, throwOnRequestTimeout: true },
    },
    retryStrategy: new PatientRetries(clock, patience(isLocal)),
  };
  const clients = {
    sagemaker: new SageMakerClient(options),
    s3: new S3Client(options),
    logs: new CloudWatchLogsClient(options),
  };
  clients.sagemaker.middlewareStack.use(nameOfCall());
  clients.s3.middlewareStack.use(nameOfCall());
  clients.logs.middlewareStack.use(nameOfCall());
  return { ...clients, clock, isLocal };
}

/** Whether the clients talk to an endpoint on this machine, which may be asked as often as one likes. */
export function isLocalEndpoint(environment: NodeJS.ProcessEnv = process.env): boolean {
  const url = environment["AWS_ENDPOINT_URL"];
  return url !== undefined && URL.canParse(url) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}
