import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { nameOfCall } from "./call-name.ts";
import { type Clock, systemClock } from "./clock.ts";
import { githubCredentials } from "./github-credentials.ts";
import { PatientRetries, patience } from "./patient-retries.ts";

export interface AwsClients {
  readonly sagemaker: SageMakerClient;
  readonly s3: S3Client;
  readonly logs: CloudWatchLogsClient;
  /** The clock for the waits between retries and for following an execution. */
  readonly clock: Clock;
  /** Whether the clients talk to an endpoint on this machine. */
  readonly isLocal: boolean;
}

export interface ClientSettings {
  readonly isLocal?: boolean;
  readonly clock?: Clock;
  /** Milliseconds that the clients wait for an answer before they send the request again. */
  readonly requestTimeout?: number;
}

/**
 * Creates the clients of one region. Credentials and endpoint come from the AWS SDK's own environment variables. A job on GitHub
 * gets new credentials of its role before the old ones end.
 */
export function awsClients(
  region: string,
  { clock = systemClock, requestTimeout = 9000, isLocal = isLocalEndpoint() }: ClientSettings = {},
): AwsClients {
  const credentials = isLocal ? undefined : githubCredentials(region);
  const options = {
    region,
    ...(credentials && { credentials }),
    // `requestTimeout` limits the wait for an answer's headers, `socketTimeout` the wait for the rest of its body.
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

/** Tells whether the clients talk to an endpoint on this machine, which does not throttle calls. */
export function isLocalEndpoint(environment: NodeJS.ProcessEnv = process.env): boolean {
  const url = environment["AWS_ENDPOINT_URL"];
  return url !== undefined && URL.canParse(url) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}
