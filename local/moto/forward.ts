import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { createProxyServer } from "httpxy";
import { AwsError } from "../wire/aws-error.ts";
import { sendWire } from "../wire/wire-error.ts";
import { failureOf, truerType } from "./failure.ts";

/**
 * Forwards a request to moto, and moto's answer to the client. It takes the body only if the caller has read it already.
 *
 * @throws AwsError if moto does not answer
 */
export type Forward = (request: IncomingMessage, response: ServerResponse, body?: Buffer) => Promise<void>;

/** Returns the function that forwards requests to moto. */
export function forwardTo(moto: string): Forward {
  // Keeps the client's Host header, because moto builds URLs from it.
  const proxy = createProxyServer({ target: moto, changeOrigin: false, proxyTimeout: 0 });
  proxy.on("proxyRes", (answer, request, response) => {
    const failure = failureOf(request, answer);
    if (failure !== undefined && request.method !== "HEAD") {
      answer.resume();
      sendWire(response as ServerResponse, failure);
      return;
    }
    const type = truerType(request, answer);
    if (type !== undefined) answer.headers["content-type"] = type;
  });
  return async (request, response, body) => {
    // Node has answered `100 Continue` already.
    delete request.headers.expect;
    try {
      await proxy.web(request, response, body === undefined ? {} : { buffer: Readable.from([body]) });
    } catch (error) {
      if (response.destroyed) return;
      throw new AwsError("ServiceUnavailable", `S3 and IAM do not answer: ${error}`, 503);
    }
  };
}
