import type { IncomingMessage } from "node:http";
import { AwsError } from "./aws-error.ts";

/**
 * The whole body of a request. One that is too long is read to its end, as a client that still writes would see a broken
 * connection instead of the answer, but not kept.
 *
 * @param largest bytes
 * @throws AwsError `RequestEntityTooLargeException`
 */
export async function bodyOf(request: IncomingMessage, largest: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= largest) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size <= largest) return Buffer.concat(chunks);
  throw new AwsError(
    "RequestEntityTooLargeException",
    `The request is ${size} bytes long; at most ${largest} fit.`,
    413,
  );
}
