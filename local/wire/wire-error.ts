import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { cborTexts } from "./cbor-texts.ts";
import type { Protocol } from "./requested-operation.ts";
import { escaped } from "./xml.ts";

/** An error of an AWS service, before it is written in a protocol. */
export interface ServiceError {
  readonly type: string;
  readonly message: string;
  readonly status: number;
}

/** An HTTP answer. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * Writes an error in the form of a protocol.
 *
 * Sources: https://smithy.io/2.0/aws/protocols/index.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 *
 * @param type the request's content type, which an answer in a JSON protocol repeats
 */
export function wireError(protocol: Protocol, error: ServiceError, type?: string): WireAnswer {
  const id = randomUUID();
  const { status } = error;
  const xml = (body: string) => ({
    status,
    headers: { "content-type": protocol === "s3" ? "application/xml" : "text/xml", "x-amzn-requestid": id },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  });
  const elements = (members: Readonly<Record<string, string>>) =>
    Object.entries(members)
      .map(([name, text]) => `<${name}>${escaped(writable(text))}</${name}>`)
      .join("");
  const codeAndMessage = elements({ Code: error.type, Message: error.message });
  const fault = elements({ Type: status < 500 ? "Sender" : "Receiver" });
  switch (protocol) {
    case "s3":
      return withHeader("x-amz-request-id", id, xml(`<Error>${codeAndMessage}${elements({ RequestId: id })}</Error>`));
    case "query":
    case "rest-xml":
      return xml(
        `<ErrorResponse><Error>${fault}${codeAndMessage}</Error>${elements({ RequestId: id })}</ErrorResponse>`,
      );
    case "ec2":
      return xml(
        `<Response><Errors><Error>${codeAndMessage}</Error></Errors>${elements({ RequestID: id })}</Response>`,
      );
    case "cbor":
      return {
        status,
        headers: { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor", "x-amzn-requestid": id },
        body: cborTexts({ __type: error.type, message: error.message }),
      };
    default: {
      const isRest = protocol === "rest-json";
      const json = isRest ? "application/json" : type?.startsWith("application/x-amz-json-") ? type : undefined;
      return {
        status,
        headers: {
          "content-type": json ?? "application/x-amz-json-1.1",
          "x-amzn-requestid": id,
          ...(isRest ? { "x-amzn-errortype": error.type } : {}),
        },
        body: JSON.stringify({ __type: error.type, message: error.message }),
      };
    }
  }
}

/** Sends an error to the client. If a part of an answer was already sent, it closes the connection instead. */
export function sendWire(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  if (response.destroyed || response.writableEnded) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

function withHeader(name: string, value: string, answer: WireAnswer): WireAnswer {
  return { ...answer, headers: { ...answer.headers, [name]: value } };
}

/** Replaces characters that XML cannot contain, such as NUL, by question marks. */
function writable(text: string): string {
  return [...text]
    .map((character) => (/[\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(character) ? character : "?"))
    .join("");
}
