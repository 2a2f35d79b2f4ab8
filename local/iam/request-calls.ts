import type { IncomingMessage } from "node:http";
import type { IamCall } from "./recorded-call.ts";
import { s3Calls } from "./s3-actions.ts";
import { sagemakerResource } from "./sagemaker-resource.ts";

/**
 * The prefix of a service's actions, by the service's name in signatures, if the two differ.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const prefixes: Readonly<Record<string, string>> = { monitoring: "cloudwatch", email: "ses", tagging: "tag" };

/** The body and the region of a request. */
export interface RequestBody {
  readonly text: string;
  readonly region: string;
}

/**
 * Returns the calls that IAM has to allow for a request. The body is needed for all services but S3. Without it the
 * resource is `*`, and in the query protocol, where the body also names the action, the action is `<service>:?`.
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

/** Parses a body that is JSON or a form. */
export function members(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
