import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { type RequestedOperation, requestedOperation } from "../wire/requested-operation.ts";
import { type ServiceError, type WireAnswer, wireError } from "../wire/wire-error.ts";

/** The head of an answer of moto. */
export interface MotoAnswer {
  readonly statusCode?: number | undefined;
  readonly headers: IncomingHttpHeaders;
}

const methodsOfS3 = new Set(["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"]);

/**
 * Returns AWS's error for an answer of moto that no AWS service would give: an operation that moto does not have, a request
 * that moto fails on, or a page of HTML. Undefined if the client should get moto's answer.
 */
export function failureOf(request: IncomingMessage, answer: MotoAnswer): WireAnswer | undefined {
  const { statusCode = 500, headers } = answer;
  const kind = headers["x-local-failure"];
  const isHtml = headers["content-type"]?.startsWith("text/html") === true;
  if (kind === undefined && !(isHtml && statusCode >= 400)) return undefined;
  const call = requestedOperation(request, "");
  const message = decodeURIComponent(String(headers["x-local-message"] ?? ""));
  const isNoMethod = call.protocol === "s3" && !methodsOfS3.has(request.method ?? "");
  const error =
    kind === undefined || isNoMethod
      ? ofPage(isNoMethod ? 405 : statusCode, call)
      : ofFailure(String(kind), message, call);
  return wireError(call.protocol, error, request.headers["content-type"]);
}

/**
 * Returns the right content type of an answer that moto's web framework has wrongly labelled as HTML. Undefined if the type
 * may stay; objects on S3 may have any type.
 */
export function truerType(request: IncomingMessage, { statusCode = 500, headers }: MotoAnswer): string | undefined {
  if (headers["content-type"]?.startsWith("text/html") !== true) return undefined;
  const { protocol, operation } = requestedOperation(request, "");
  if (protocol === "s3")
    return statusCode < 400 && /^(Get|Head)Object$/.test(operation) ? undefined : "application/xml";
  if (protocol === "json") return request.headers["content-type"] ?? "application/x-amz-json-1.1";
  return protocol === "rest-json" ? "application/json" : "text/xml";
}

/** Returns the error that replaces moto's page of HTML, chosen by the page's status. */
function ofPage(status: number, call: RequestedOperation): ServiceError {
  if (call.protocol === "s3" && status === 405)
    return {
      type: "MethodNotAllowed",
      message: "The specified method is not allowed against this resource.",
      status: 405,
    };
  if (status === 404 || status === 405) return ofFailure("not-implemented", "", call);
  if (status === 403)
    return {
      type: call.protocol === "json" ? "AccessDeniedException" : "AccessDenied",
      message: "Access Denied",
      status,
    };
  if (status >= 500) return ofFailure("defect", `it answered ${status}`, call);
  return {
    type: call.protocol === "s3" ? "InvalidRequest" : "ValidationException",
    message: "The request is invalid.",
    status,
  };
}

/** Returns the error for a kind of failure that failures.py reports. */
function ofFailure(kind: string, message: string, { protocol, service, operation }: RequestedOperation): ServiceError {
  const isS3 = protocol === "s3";
  const isQuery = protocol === "query" || protocol === "ec2";
  const who = service === "" ? "this service" : service;
  if (kind === "not-implemented") {
    const what = operation === "" ? `This operation of ${who}` : `${operation} of ${who}`;
    const why = `${what} does not work locally${message === "" ? "." : ` (${message}).`}`;
    if (isS3) return { type: "NotImplemented", message: why, status: 501 };
    if (isQuery) return { type: "InvalidAction", message: why, status: 400 };
    return { type: "UnknownOperationException", message: why, status: protocol === "json" ? 400 : 404 };
  }
  if (kind === "malformed") {
    if (isS3)
      return {
        type: "MalformedXML",
        message: "The XML you provided was not well-formed or did not validate against our published schema",
        status: 400,
      };
    const type = isQuery ? "ValidationError" : "SerializationException";
    return { type, message: `The request cannot be read: ${message}`, status: 400 };
  }
  return {
    type: isS3 ? "InternalError" : "InternalFailure",
    message: `moto, which answers for ${who} here, failed on this request: ${message}`,
    status: 500,
  };
}
