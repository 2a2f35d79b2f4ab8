import type { IncomingHttpHeaders } from "node:http";
import { s3Operation } from "./s3-operation.ts";
import { signature } from "./signature.ts";

/** The protocol of a service, which also decides the form of its errors. Source: https://smithy.io/2.0/aws/protocols/index.html */
export type Protocol = "json" | "cbor" | "query" | "ec2" | "rest-json" | "rest-xml" | "s3";

/** The operation that a request asks for. */
export interface RequestedOperation {
  readonly protocol: Protocol;
  /** The service's name in signatures, such as `sagemaker`, `s3`, `iam`, `sts`, `logs`, `cloudcontrolapi`. */
  readonly service: string;
  /** Empty if the request names no operation. */
  readonly operation: string;
}

/** A request without its body. */
export interface RequestHead {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Services by the prefix of `x-amz-target`, for requests without a signature. */
const ofTargets: Readonly<Record<string, string>> = {
  SageMaker: "sagemaker",
  CloudApiService: "cloudcontrolapi",
  Logs_20140328: "logs",
};

/** Services that use REST with XML, by their names in signatures. */
const restXml = new Set(["cloudfront", "route53"]);

/** The paths of S3 Control. Its requests are signed for `s3`, too. */
const s3Control = /^\/v20180820\//;

const cborPath = /^\/service\/[^/]+\/operation\/(\w+)\/?$/;

/** Recognises the protocol of a request by its head alone. Any other request is one to S3, which allows unsigned requests. */
export function protocolOf({ method, headers, url = "" }: RequestHead): Protocol {
  const signed = signature({ headers, url })?.service;
  const [path = "", query = ""] = url.split("?");
  if (headers["smithy-protocol"] === "rpc-v2-cbor" || cborPath.test(path)) return "cbor";
  if (headers["x-amz-target"] !== undefined) return "json";
  if (signed === "s3") return s3Control.test(path) ? "rest-xml" : "s3";
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  const isQuery = path === "/" && ((method === "POST" && isForm) || new URLSearchParams(query).has("Action"));
  if (isQuery || (isForm && signed !== undefined)) return signed === "ec2" ? "ec2" : "query";
  if (signed === undefined) return "s3";
  return restXml.has(signed) ? "rest-xml" : "rest-json";
}

/** Tells whether the body names the operation or its resources. Such a body is small. */
export function isInBody(protocol: Protocol): boolean {
  return protocol === "json" || protocol === "query" || protocol === "ec2" || protocol === "cbor";
}

/**
 * Reads which operation of which service a request asks for.
 *
 * @param body the body if {@link isInBody}, else empty; it need not be valid
 */
export function requestedOperation(request: RequestHead, body: string): RequestedOperation {
  const { method = "GET", url = "/", headers } = request;
  const protocol = protocolOf(request);
  const signed = signature({ headers, url })?.service;
  const target = String(headers["x-amz-target"] ?? "");
  const [path = "", query = ""] = url.split("?");
  switch (protocol) {
    case "json": {
      const [prefix = ""] = target.split(".");
      const known = Object.hasOwn(ofTargets, prefix) ? ofTargets[prefix] : undefined;
      return { protocol, service: known ?? signed ?? prefix, operation: target.split(".").at(-1) ?? "" };
    }
    case "cbor":
      return { protocol, service: signed ?? "", operation: cborPath.exec(path)?.[1] ?? "" };
    case "query":
    case "ec2": {
      const operation = new URLSearchParams(body).get("Action") ?? new URLSearchParams(query).get("Action") ?? "";
      return { protocol, service: signed ?? "", operation };
    }
    case "s3":
      return { protocol, service: "s3", operation: s3Operation(method, url, headers) };
    default:
      return { protocol, service: signed ?? "", operation: "" };
  }
}
