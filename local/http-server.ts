import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsError } from "./aws-error.ts";
import { ownTargets } from "./dispatch.ts";
import { LocalError } from "./error.ts";
import { answerControl, isControl } from "./faults/control.ts";
import type { Faults } from "./faults/faults.ts";
import { injectFault } from "./faults/inject-fault.ts";
import { answerJson, type JsonCall } from "./json-call.ts";
import { type Forward, forwardTo } from "./moto/forward.ts";
import { isInBody, protocolOf, requestedOperation } from "./protocol/requested-operation.ts";
import { type ServiceError, sendWire, wireError } from "./protocol/wire-error.ts";
import { bodyOf } from "./request-body.ts";

export interface HttpOptions {
  readonly port: number;
  /** Where everything goes that `answer` does not know. */
  readonly moto: string;
  /** Undefined: moto's. */
  readonly answer: (call: JsonCall) => Promise<object | undefined>;
  /** Takes a request for a bucket, or leaves it to moto. */
  readonly bucket: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly log: (line: string) => void;
  /** Told of every request before it is answered. */
  readonly seen: (request: IncomingMessage) => void;
  /** What happens to requests instead of their answers. */
  readonly faults: Faults;
  /** Whether a request is a job's or a pipeline's, in the name of its role. */
  readonly isOfJob: (request: IncomingMessage) => boolean;
}

/** Above the longest request of a service: a pipeline's definition of 1 MB, with every character escaped. */
const largestBody = 16 * 1024 * 1024;

/**
 * Listens on 127.0.0.1.
 *
 * @throws LocalError `port-in-use`
 */
export async function listen(options: HttpOptions): Promise<{ readonly port: number; readonly server: Server }> {
  const forward = forwardTo(options.moto);
  const server = createServer((request, response) => {
    // S3 Control puts the account before the address (`123456789012.127.0.0.1`), which no resolver knows. Clients send it
    // through a proxy, which is this endpoint again, and a proxy is asked for the whole address.
    request.url = request.url?.replace(/^http:\/\/[^/]*/, "") || "/";
    handle(request, response, options, forward).catch((error) => {
      if (!(error instanceof AwsError) && !response.destroyed)
        options.log(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : error}`);
      sendWire(response, wireError(protocolOf(request), asServiceError(error), request.headers["content-type"]));
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

async function handle(request: IncomingMessage, response: ServerResponse, options: HttpOptions, forward: Forward) {
  if (isControl(request.url ?? "/")) return answerControl(request, response, options.faults);
  options.seen(request);
  const body = isInBody(protocolOf(request)) ? await bodyOf(request, largestBody) : undefined;
  const call = requestedOperation(request, body?.toString() ?? "");
  const proceed = async (given: Buffer | undefined) => {
    const target = request.headers["x-amz-target"];
    const isOwn = given !== undefined && typeof target === "string" && ownTargets.test(target);
    if (isOwn && (await answerJson(target, given, request, response, options.answer))) return;
    if (given !== undefined || !options.bucket(request, response)) await forward(request, response, given);
  };
  const fault = options.faults.take({ ...call, from: options.isOfJob(request) ? "job" : "client" });
  if (fault === undefined) await proceed(body);
  else await injectFault(fault, { request, response, call, body, proceed });
}

function asServiceError(error: unknown): ServiceError {
  if (error instanceof AwsError) return error;
  const message = error instanceof LocalError ? error.message : `The local endpoint failed: ${error}`;
  return { type: "InternalFailure", message, status: 500 };
}

function listenError(error: NodeJS.ErrnoException, port: number): unknown {
  if (error.code !== "EADDRINUSE") return error;
  return new LocalError(
    "port-in-use",
    `port ${port} is already in use (by another endpoint?): stop what listens there, or pass --port with another one`,
    { cause: error },
  );
}
