import type { IncomingHttpHeaders } from "node:http";
import { badS3Request } from "./bad-s3-request.ts";
import type { RequestedOperation } from "./requested-operation.ts";
import { signature } from "./signature.ts";
import type { ServiceError } from "./wire-error.ts";

/** Operations that are never signed, because clients call them to obtain credentials. */
const unsigned = /^AssumeRoleWith(SAML|WebIdentity)$/;
const unsignedTargets = /^(AWSCognitoIdentity(Provider)?Service)\./;

/** Valid Authorization headers without a credential scope: S3's older signature, and bearer tokens. */
const withoutScope = /^(AWS [^\s:]+:\S+|Bearer \S+)$/;

/**
 * Returns the error for a request whose signature or path AWS rejects before it looks at the operation; undefined for a
 * request that passes.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html (signatures),
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 *
 * @param isOwn whether the endpoint answers the request itself; such requests need no signature
 */
export function badRequest(
  headers: IncomingHttpHeaders,
  url: string,
  call: RequestedOperation,
  isOwn: boolean,
): ServiceError | undefined {
  const { authorization } = headers;
  const isSigned = signature({ headers, url }) !== undefined;
  if (authorization !== undefined && !isSigned && !withoutScope.test(authorization)) return garbled(call);
  const needsSignature = call.protocol === "json" || call.protocol === "query";
  if (needsSignature && authorization === undefined && !isSigned && !isOwn && !isForAnyone(headers, call))
    return {
      type: call.protocol === "json" ? "MissingAuthenticationTokenException" : "MissingAuthenticationToken",
      message: "Request is missing Authentication Token",
      status: call.protocol === "json" ? 400 : 403,
    };
  return call.protocol === "s3" ? badS3Request(headers, url) : undefined;
}

function isForAnyone(headers: IncomingHttpHeaders, { operation }: RequestedOperation): boolean {
  return unsigned.test(operation) || unsignedTargets.test(String(headers["x-amz-target"] ?? ""));
}

function garbled({ protocol }: RequestedOperation): ServiceError {
  if (protocol === "s3")
    return {
      type: "AuthorizationHeaderMalformed",
      message: "The authorization header that you provided is not valid.",
      status: 400,
    };
  const type = protocol === "json" || protocol === "cbor" ? "IncompleteSignatureException" : "IncompleteSignature";
  return {
    type,
    message: "Authorization header requires 'Credential' parameter with key, date, region, service and 'aws4_request'.",
    status: 400,
  };
}
