import type { IncomingMessage } from "node:http";
import { AwsError } from "./aws-error.ts";

/**
 * Reads the whole body of a request. A body that is too long is also read to its end, without keeping it, because a client
 * that is still writing would see a broken connection instead of the error.
 *
 * @param largest the most bytes that are accepted
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
