import { S3Client } from "@aws-sdk/client-s3";

/** A client for the endpoint's own S3, in the name of nobody unless the credentials are somebody's. */
export function s3Client(
  endpoint: string,
  region: string,
  credentials = { accessKeyId: "local", secretAccessKey: "local" },
): S3Client {
  return new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials,
    // Checksums are for the way over a network; computing them makes every stream a chunked one.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    // It would write on this process's own terminal that an upload was refused.
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  });
}
