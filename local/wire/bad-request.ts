import type { IncomingHttpHeaders } from "node:http";
import { badS3Request } from "./bad-s3-request.ts";
import type { RequestedOperation } from "./requested-operation.ts";
import { signature } from "./signature.ts";
import type { ServiceError } from "./wire-error.ts";

/** Operations that nobody signs, as they are how one comes to have credentials. */
const unsigned = /^AssumeRoleWith(SAML|WebIdentity)$/;
const unsignedTargets = /^(AWSCognitoIdentity(Provider)?Service)\./;

/** Signatures that name no scope: S3's older one, and tokens. */
const withoutScope = /^(AWS [^\s:]+:\S+|Bearer \S+)$/;

/**
 * Why a request is refused before anyone looks at what it asks for; undefined for one that may go on.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html (signatures),
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 *
 * @param isOwn whether the endpoint answers it itself, which it does for anyone
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
