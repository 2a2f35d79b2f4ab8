import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError } from "./aws-error.ts";

/** A call in AWS's JSON protocol. */
export interface JsonCall {
  readonly target: string;
  readonly region: string;
  readonly input: unknown;
}

/**
 * Answers a request of the JSON protocol.
 *
 * @returns false if `answer` returned undefined, so that moto has to answer
 * @throws AwsError for a body that is not a JSON object, and the errors of `answer`
 */
export async function answerJson(
  target: string,
  body: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
  answer: (call: JsonCall) => Promise<object | undefined>,
): Promise<boolean> {
  const result = await answer({ target, region: regionOf(request), input: parse(body) });
  if (result === undefined) return false;
  if (response.destroyed) return true;
  const type = request.headers["content-type"] ?? "application/x-amz-json-1.1";
  response.writeHead(200, { "content-type": type, "x-amzn-requestid": randomUUID() });
  response.end(JSON.stringify(result));
  return true;
}

function parse(body: Buffer): unknown {
  try {
    const input: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return input;
  } catch {
    // Falls through to the error below, which is AWS's answer.
  }
  throw new AwsError("SerializationException", "The request body is not a JSON object.");
}

/** Reads the region from the request's signature: `Credential=KEY/20261122/us-east-1/sagemaker/aws4_request`. */
function regionOf(request: IncomingMessage): string {
  return /Credential=[^/]*\/\d+\/([a-z0-9-]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "us-east-1";
}
