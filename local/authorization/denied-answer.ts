import { randomUUID } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { errorXml, S3Error } from "../s3/s3-error.ts";
import { escaped } from "../s3/xml.ts";
import { s3Target } from "./s3-target.ts";

export interface DeniedAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

/**
 * How a service answers a request that IAM denies, in the protocol of the request.
 * Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (S3),
 * https://smithy.io/2.0/aws/protocols/index.html (JSON, query and EC2's query)
 */
export function deniedAnswer(
  { headers, url = "/" }: Pick<IncomingMessage, "headers" | "url">,
  service: string,
  { message }: { readonly message: string },
): DeniedAnswer {
  const xml = { "content-type": "text/xml" };
  if (service === "s3") {
    const error = new S3Error("AccessDenied", message, 403);
    return { status: 403, headers: { "content-type": "application/xml" }, body: errorXml(error, s3Target(url).bucket) };
  }
  const type = String(headers["content-type"] ?? "");
  if (type.startsWith("application/x-www-form-urlencoded")) {
    const code = service === "ec2" ? "UnauthorizedOperation" : "AccessDenied";
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
    return { status: 403, headers: xml, body: queryError(service, error) };
  }
  const isJson = headers["x-amz-target"] !== undefined;
  const errorType = "AccessDeniedException";
  return {
    status: isJson ? 400 : 403,
    headers: { "content-type": isJson ? type : "application/json", "x-amzn-errortype": errorType },
    body: JSON.stringify({ __type: errorType, message }),
  };
}

function queryError(service: string, error: string): string {
  const id = `<RequestId>${randomUUID()}</RequestId>`;
  if (service === "ec2") return `<Response><Errors>${error}</Errors><RequestID>${randomUUID()}</RequestID></Response>`;
  return `<ErrorResponse>${error}${id}</ErrorResponse>`;
}
