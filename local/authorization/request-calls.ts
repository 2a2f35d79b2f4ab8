import type { IncomingMessage } from "node:http";
import type { IamCall } from "./recorded-call.ts";
import { s3Calls } from "./s3-actions.ts";

/** The scope of a signature: `Credential=<key>/<date>/<region>/<service>/aws4_request`, in a header or in a signed URL. */
const scope = /Credential=([^/,&\s]+)\/\d{8}\/[a-z0-9-]+\/([a-z0-9-]+)\/aws4_request/;

export interface SignedRequest {
  readonly accessKeyId: string;
  readonly service: string;
}

/** Who signed a request, and for which service; undefined for one without a signature. */
export function signature({ headers, url = "" }: Pick<IncomingMessage, "headers" | "url">): SignedRequest | undefined {
  // Only this parameter is decoded: a key in a path may be no valid encoding.
  const [, signed = ""] = /[?&](X-Amz-Credential=[^&]*)/.exec(url) ?? [];
  const [, accessKeyId, service] =
    scope.exec(headers.authorization ?? "") ?? scope.exec(signed.replaceAll("%2F", "/")) ?? [];
  return accessKeyId === undefined || service === undefined ? undefined : { accessKeyId, service };
}

/**
 * What IAM decides on for a request. In the other protocols than S3's the resource is in the body, which is not looked
 * at: it is `*` then.
 */
export function requestCalls(request: IncomingMessage, service: string): readonly IamCall[] {
  const { method = "GET", url = "/", headers } = request;
  const copySource = headers["x-amz-copy-source"];
  if (service === "s3")
    return s3Calls({ method, url, copySource: copySource === undefined ? undefined : String(copySource) });
  const operation = String(headers["x-amz-target"] ?? "").split(".")[1] ?? "?";
  return [{ action: `${service}:${operation}`, resource: "*" }];
}
