import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { createProxyServer } from "httpxy";
import { AwsError } from "./aws-error.ts";
import { ownTargets } from "./dispatch.ts";
import { LocalError } from "./error.ts";
import { bodyOf } from "./request-body.ts";

/** One call of AWS's JSON protocol. */
export interface JsonCall {
  readonly target: string;
  readonly region: string;
  readonly input: unknown;
}

export interface HttpOptions {
  readonly port: number;
  /** Where everything goes that `answer` does not know. */
  readonly moto: string;
  /** Undefined: moto's. */
  readonly answer: (call: JsonCall) => Promise<object | undefined>;
  /** Takes a request for a bucket, or leaves it to moto. */
  readonly bucket: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly log: (line: string) => void;
  /** Lets every request go on to its answer, or answers it. */
  readonly guard: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
}

/** Above the longest request of a service: a pipeline's definition of 1 MB, with every character escaped. */
const largestJson = 16 * 1024 * 1024;

/**
 * Listens on 127.0.0.1.
 *
 * @throws LocalError `port-in-use`
 */
export async function listen(options: HttpOptions): Promise<{ readonly port: number; readonly server: Server }> {
  // The Host header stays the client's: moto makes URLs from it.
  const proxy = createProxyServer({ target: options.moto, changeOrigin: false, proxyTimeout: 0 });
  const forward = async (request: IncomingMessage, response: ServerResponse, body?: Buffer) => {
    // Node has answered `100 Continue` already.
    delete request.headers.expect;
    try {
      await proxy.web(request, response, body === undefined ? {} : { buffer: Readable.from([body]) });
    } catch (error) {
      if (response.headersSent) response.destroy();
      else sendError(response, new AwsError("ServiceUnavailable", `S3 and IAM do not answer: ${error}`, 503));
    }
  };
  const server = createServer((request, response) => {
    // S3 Control puts the account before the address (`123456789012.127.0.0.1`), which no resolver knows. Clients send it
    // through a proxy, which is this endpoint again, and a proxy is asked for the whole address.
    request.url = request.url?.replace(/^http:\/\/[^/]*/, "") || "/";
    options.guard(request, response, () => {
      const target = request.headers["x-amz-target"];
      if (typeof target === "string" && ownTargets.test(target))
        void answer(target, request, response, options, forward);
      else if (!options.bucket(request, response)) void forward(request, response);
    });
  });
  // Keep-alive connections of the SDK would otherwise be closed under its hands.
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, options.port)));
    server.listen(options.port, "127.0.0.1", resolve);
  });
  return { port: (server.address() as AddressInfo).port, server };
}

async function answer(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions,
  forward: (request: IncomingMessage, response: ServerResponse, body: Buffer) => Promise<void>,
): Promise<void> {
  try {
    const body = await bodyOf(request, largestJson);
    const result = await options.answer({ target, region: regionOf(request), input: parse(body) });
    if (result === undefined) await forward(request, response, body);
    else send(response, 200, result, request.headers["content-type"]);
  } catch (error) {
    if (!(error instanceof AwsError)) options.log(`${target}: ${error instanceof Error ? error.stack : error}`);
    sendError(response, error, request.headers["content-type"]);
  }
}

function parse(body: Buffer): unknown {
  try {
    const input: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return input;
  } catch {
    // Answered below, as AWS does.
  }
  throw new AwsError("SerializationException", "The request body is not a JSON object.");
}

/** The region of the request's signature: `Credential=KEY/20261122/us-east-1/sagemaker/aws4_request`. */
function regionOf(request: IncomingMessage): string {
  return /Credential=[^/]*\/\d+\/([a-z0-9-]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "us-east-1";
}

function send(response: ServerResponse, status: number, body: object, type = "application/x-amz-json-1.1"): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": type, "x-amzn-requestid": randomUUID() });
  response.end(JSON.stringify(body));
}

function sendError(response: ServerResponse, error: unknown, type?: string): void {
  if (error instanceof AwsError) send(response, error.status, { __type: error.type, message: error.message }, type);
  else {
    const message = error instanceof LocalError ? error.message : `The local endpoint failed: ${error}`;
    send(response, 500, { __type: "InternalFailure", message }, type);
  }
}

function listenError(error: NodeJS.ErrnoException, port: number): unknown {
  if (error.code !== "EADDRINUSE") return error;
  return new LocalError(
    "port-in-use",
    `port ${port} is already in use (by another endpoint?): stop what listens there, or pass --port with another one`,
    { cause: error },
  );
}
