import type { IncomingMessage } from "node:http";
import { defined } from "../../service-model/defined.ts";

/** The credential scope of a signature: `Credential=<key>/<date>/<region>/<service>/aws4_request`, in a header or in a signed URL. */
const scope = /Credential=([^/,&\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;

/** S3's older signature (version 2), which boto3 uses for signed URLs by default. */
const olderS3 = /[?&]AWSAccessKeyId=([A-Z0-9]+)/;

/** The signer of a request, and the service and region that it signed for. */
export interface SignedRequest {
  readonly accessKeyId: string;
  readonly service: string;
  /** Undefined in S3's older signature, which names no region. */
  readonly region?: string;
}

/** Reads from a request's signature who signed it, and for which service and region; undefined without a signature. */
export function signature({ headers, url = "" }: Pick<IncomingMessage, "headers" | "url">): SignedRequest | undefined {
  // Only this parameter is decoded, because the encoding of a key in the path may be invalid.
  const [, signed = ""] = /[?&](X-Amz-Credential=[^&]*)/.exec(url) ?? [];
  const [, accessKeyId, region, service] =
    scope.exec(headers.authorization ?? "") ?? scope.exec(signed.replaceAll(/%2F/gi, "/")) ?? [];
  if (accessKeyId !== undefined && service !== undefined) return { accessKeyId, service, ...defined({ region }) };
  const [, older] = olderS3.exec(url) ?? [];
  return older === undefined ? undefined : { accessKeyId: older, service: "s3" };
}
