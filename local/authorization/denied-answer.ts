import { protocolOf, type RequestHead } from "../protocol/requested-operation.ts";
import { type WireAnswer, wireError } from "../protocol/wire-error.ts";

/**
 * How a service answers a request that IAM denies, in the protocol of the request.
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
