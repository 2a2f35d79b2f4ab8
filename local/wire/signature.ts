import type { IncomingMessage } from "node:http";

/** The scope of a signature: `Credential=<key>/<date>/<region>/<service>/aws4_request`, in a header or in a signed URL. */
const scope = /Credential=([^/,&\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;

/** S3's older signature, which boto3 makes for signed URLs unless it is configured to make the newer one. */
const olderS3 = /[?&]AWSAccessKeyId=([A-Z0-9]+)/;

export interface SignedRequest {
  readonly accessKeyId: string;
  readonly service: string;
  /** Undefined in S3's older signature, which has none. */
  readonly region?: string;
}

/** Who signed a request, and for which service; undefined for one without a signature. */
export function signature({ headers, url = "" }: Pick<IncomingMessage, "headers" | "url">): SignedRequest | undefined {
  // Only this parameter is decoded: a key in a path may be no valid encoding.
  const [, signed = ""] = /[?&](X-Amz-Credential=[^&]*)/.exec(url) ?? [];
  const [, accessKeyId, region, service] =
    scope.exec(headers.authorization ?? "") ?? scope.exec(signed.replaceAll(/%2F/gi, "/")) ?? [];
  if (accessKeyId !== undefined && service !== undefined)
    return { accessKeyId, service, ...(region === undefined ? {} : { region }) };
  const [, older] = olderS3.exec(url) ?? [];
  return older === undefined ? undefined : { accessKeyId: older, service: "s3" };
}
