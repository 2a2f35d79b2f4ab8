import type { IncomingMessage } from "node:http";
import type { IamCall } from "./recorded-call.ts";
import { s3Calls } from "./s3-actions.ts";

/** The scope of a signature: `Credential=<key>/<date>/<region>/<service>/aws4_request`, in a header or in a signed URL. */
const scope = /Credential=([^/,&\s]+)\/\d{8}\/[a-z0-9-]+\/([a-z0-9-]+)\/aws4_request/;

/** S3's older signature, which boto3 makes for signed URLs unless it is configured to make the newer one. */
const olderS3 = /[?&]AWSAccessKeyId=([A-Z0-9]+)/;

export interface SignedRequest {
  readonly accessKeyId: string;
  readonly service: string;
}

/** Who signed a request, and for which service; undefined for one without a signature. */
export function signature({ headers, url = "" }: Pick<IncomingMessage, "headers" | "url">): SignedRequest | undefined {
  // Only this parameter is decoded: a key in a path may be no valid encoding.
  const [, signed = ""] = /[?&](X-Amz-Credential=[^&]*)/.exec(url) ?? [];
  const [, accessKeyId, service] =
    scope.exec(headers.authorization ?? "") ?? scope.exec(signed.replaceAll(/%2F/gi, "/")) ?? [];
  if (accessKeyId !== undefined && service !== undefined) return { accessKeyId, service };
  const [, older] = olderS3.exec(url) ?? [];
  return older === undefined ? undefined : { accessKeyId: older, service: "s3" };
}

/**
 * Services that sign by another name than their actions begin with.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const prefixes: Readonly<Record<string, string>> = { monitoring: "cloudwatch", email: "ses", tagging: "tag" };

/**
 * What IAM decides on for a request. In the other protocols than S3's the resource is in the body, which is not looked
 * at: it is `*` then, and the action `<service>:?` where the body names it too.
 */
export function requestCalls(request: IncomingMessage, service: string): readonly IamCall[] {
  const { method = "GET", url = "/", headers } = request;
  if (service === "s3") return s3Calls({ method, url, headers });
  const operation = String(headers["x-amz-target"] ?? "").split(".")[1] ?? "?";
  const prefix = Object.hasOwn(prefixes, service) ? prefixes[service] : service;
  return [{ action: `${prefix}:${operation}`, resource: "*" }];
}
