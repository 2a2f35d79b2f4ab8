import { protocolOf, type RequestHead } from "../wire/requested-operation.ts";
import { type WireAnswer, wireError } from "../wire/wire-error.ts";

/**
 * Returns a service's answer to a request that IAM denies, in the protocol of the request.
 * Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (S3),
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (EC2),
 * https://smithy.io/2.0/aws/protocols/index.html (the others)
 */
export function deniedAnswer(request: RequestHead, { message }: { readonly message: string }): WireAnswer {
  const protocol = protocolOf(request);
  switch (protocol) {
    case "json":
    case "cbor":
      return wireError(
        protocol,
        { type: "AccessDeniedException", message, status: 400 },
        request.headers["content-type"],
      );
    case "rest-json":
      return wireError(protocol, { type: "AccessDeniedException", message, status: 403 });
    case "ec2":
      return wireError(protocol, { type: "UnauthorizedOperation", message, status: 403 });
    default:
      return wireError(protocol, { type: "AccessDenied", message, status: 403 });
  }
}

/**
 * Returns a service's answer to a request whose session has ended.
 * Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (S3),
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/CommonErrors.html (the others)
 */
export function expiredAnswer(request: RequestHead): WireAnswer {
  const protocol = protocolOf(request);
  if (protocol === "s3")
    return wireError(protocol, { type: "ExpiredToken", message: "The provided token has expired.", status: 400 });
  const message = "The security token included in the request is expired";
  const isQuery = protocol === "query" || protocol === "ec2" || protocol === "rest-xml";
  const type = isQuery ? "ExpiredToken" : "ExpiredTokenException";
  const status = protocol === "json" || protocol === "cbor" ? 400 : 403;
  return wireError(protocol, { type, message, status }, request.headers["content-type"]);
}
