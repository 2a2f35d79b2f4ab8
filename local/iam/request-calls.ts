import type { IncomingMessage } from "node:http";
import type { IamCall } from "./recorded-call.ts";
import { s3Calls } from "./s3-actions.ts";
import { sagemakerResource } from "./sagemaker-resource.ts";

/**
 * Services that sign by another name than their actions begin with.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const prefixes: Readonly<Record<string, string>> = { monitoring: "cloudwatch", email: "ses", tagging: "tag" };

/** What a request says in its body, in the protocols that have one. */
export interface RequestBody {
  readonly text: string;
  readonly region: string;
}

/**
 * What IAM decides on for a request. In the other protocols than S3's the body says what it is about: without it the
 * resource is `*`, and the action `<service>:?` where the body names it too.
 */
export function requestCalls(
  request: Pick<IncomingMessage, "method" | "url" | "headers">,
  service: string,
  body?: RequestBody,
): readonly IamCall[] {
  const { method = "GET", url = "/", headers } = request;
  if (service === "s3") return s3Calls({ method, url, headers });
  const [, target] = String(headers["x-amz-target"] ?? "").split(".");
  const operation = target ?? new URLSearchParams(body?.text).get("Action") ?? "?";
  const prefix = Object.hasOwn(prefixes, service) ? prefixes[service] : service;
  const resource =
    service === "sagemaker" && body !== undefined ? sagemakerResource(operation, members(body.text), body.region) : "*";
  return [{ action: `${prefix}:${operation}`, resource }];
}

/** What a body says, in JSON or as a form. */
export function members(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
