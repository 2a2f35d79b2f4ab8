import { S3Client } from "@aws-sdk/client-s3";

/** Returns a client for the endpoint's own S3. Without credentials, its requests belong to no role. */
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
    // Checksums protect against network errors, which cannot happen here, and they turn every stream into a chunked upload.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    // The default logger would print failed uploads on the terminal of the endpoint.
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  });
}
