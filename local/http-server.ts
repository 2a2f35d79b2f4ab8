import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { LambdaRequest } from "./api/lambda.ts";
import { ownTargets } from "./dispatch.ts";
import { answerControl, isControl } from "./faults/control.ts";
import type { Faults } from "./faults/faults.ts";
import { injectFault } from "./faults/inject-fault.ts";
import { type Forward, forwardTo } from "./moto/forward.ts";
import { AwsError } from "./wire/aws-error.ts";
import { badRequest } from "./wire/bad-request.ts";
import { badSchedule, changesSchedule } from "./wire/bad-schedule.ts";
import { foreignRequest } from "./wire/foreign-request.ts";
import { answerJson, type JsonCall } from "./wire/json-call.ts";
import { LocalError } from "./wire/local-error.ts";
import { bodyOf } from "./wire/request-body.ts";
import { isInBody, protocolOf, requestedOperation } from "./wire/requested-operation.ts";
import { signature } from "./wire/signature.ts";
import { type ServiceError, sendWire, type WireAnswer, wireError } from "./wire/wire-error.ts";

export interface HttpOptions {
  readonly port: number;
  /** The address or host name to listen on. */
  readonly host: string;
  /** Milliseconds that a client may take to send a request's head, and the whole request. */
  readonly patience?: { readonly head: number; readonly request: number };
  /** The URL of moto, which gets all requests that the endpoint does not answer itself. */
  readonly moto: string;
  /** Answers a call of AWS's JSON protocol, or returns undefined to leave it to moto. */
  readonly answer: (call: JsonCall) => Promise<object | undefined>;
  /** Answers IAM's SimulatePrincipalPolicy as XML, because moto does not have this operation. */
  readonly simulatePolicy: (form: URLSearchParams) => Promise<string>;
  /** Answers a request of Lambda's API. */
  readonly lambda: (request: LambdaRequest) => Promise<WireAnswer>;
  /** Answers a request for a bucket, or returns false to leave it to moto. */
  readonly bucket: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly log: (line: string) => void;
  /** Calls `next` for an allowed request, and answers a denied one itself. */
  readonly guard: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  /** The faults to inject into requests. */
  readonly faults: Faults;
  /** Whether a job or a pipeline sent the request with its role's credentials. */
  readonly isOfJob: (request: IncomingMessage) => boolean;
}

/** Bytes. More than the longest valid request, which has a definition of 1 MB with every character escaped. */
const largestBody = 16 * 1024 * 1024;

/** Milliseconds. Enough to upload a model of gigabytes, and an end for a client that sends a byte now and then. */
const defaultPatience = { head: 20_000, request: 600_000 };

/**
 * Starts the endpoint's HTTP server.
 *
 * @throws LocalError `port-in-use`; `usage` for a host that is not an address of this machine
 */
export async function listen(options: HttpOptions): Promise<{ readonly port: number; readonly server: Server }> {
  const forward = forwardTo(options.moto);
  const { head, request: whole } = options.patience ?? defaultPatience;
  const timeouts = { headersTimeout: head, requestTimeout: whole, connectionsCheckingInterval: Math.min(head, 2000) };
  const server = createServer(timeouts, (request, response) => {
    handle(request, response, options, forward).catch((error) => {
      if (!(error instanceof AwsError) && !response.destroyed)
        options.log(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : error}`);
      sendError(request, response, asServiceError(error));
    });
  });
  // Node's default of 5 seconds would close connections that the SDK is about to use again.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, options)));
    server.listen(options.port, options.host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, server };
}

async function handle(request: IncomingMessage, response: ServerResponse, options: HttpOptions, forward: Forward) {
  // S3 Control's host begins with the account (`123456789012.127.0.0.1`), a name that does not resolve. Clients
  // therefore use this endpoint as their proxy, and a request to a proxy has the whole URL.
  const [, asked = ""] = /^https?:\/\/([^/?]*)/i.exec(request.url ?? "") ?? [];
  const rest = (request.url ?? "").replace(/^https?:\/\/[^/?]*/i, "");
  const url = rest.startsWith("/") ? rest : `/${rest}`;
  request.url = url;
  const reject = (error: ServiceError) => {
    request.resume();
    sendError(request, response, error);
  };
  const foreign = foreignRequest(request.headers, [request.headers.host ?? "", asked], options.host);
  if (foreign !== undefined) return reject(foreign);
  if (isControl(url)) return answerControl(request, response, options.faults);
  await new Promise<void>((next) => options.guard(request, response, next));
  const isSchedule = changesSchedule(request);
  const body = isInBody(protocolOf(request)) || isSchedule ? await bodyOf(request, largestBody) : undefined;
  const call = requestedOperation(request, body?.toString() ?? "");
  const target = String(request.headers["x-amz-target"] ?? "");
  const bad =
    badRequest(request.headers, url, call, ownTargets.test(target)) ??
    (isSchedule ? badSchedule(body?.toString() ?? "") : undefined);
  if (bad !== undefined) return reject(bad);
  const proceed = async (given: Buffer | undefined) => {
    const isOwn = given !== undefined && ownTargets.test(target);
    if (isOwn && (await answerJson(target, given, request, response, options.answer))) return;
    if (given !== undefined && call.service === "iam" && call.operation === "SimulatePrincipalPolicy") {
      const xml = await options.simulatePolicy(new URLSearchParams(given.toString()));
      return sendWire(response, { status: 200, headers: { "content-type": "text/xml" }, body: xml });
    }
    if (call.service === "lambda") return sendWire(response, await options.lambda(await lambdaRequest(request)));
    if (given !== undefined || !options.bucket(request, response)) await forward(request, response, given);
  };
  const fault = options.faults.take({ ...call, from: options.isOfJob(request) ? "job" : "client" });
  if (fault === undefined) await proceed(body);
  else await injectFault(fault, { request, response, call, body, proceed });
}

/** Reads a request of Lambda's API, whose body may be a function's archive of 50 MB in base64. */
async function lambdaRequest(request: IncomingMessage): Promise<LambdaRequest> {
  const { method = "GET", url = "/", headers } = request;
  const body = await bodyOf(request, 5 * largestBody);
  const region = signature(request)?.region ?? "us-east-1";
  return { method, path: url.split("?")[0] ?? "", headers, body, region };
}

function sendError(request: IncomingMessage, response: ServerResponse, error: ServiceError): void {
  sendWire(response, wireError(protocolOf(request), error, request.headers["content-type"]));
}

function asServiceError(error: unknown): ServiceError {
  if (error instanceof AwsError) return error;
  const message = error instanceof LocalError ? error.message : `The local endpoint failed: ${error}`;
  return { type: "InternalFailure", message, status: 500 };
}

function listenError(error: NodeJS.ErrnoException, { host, port }: HttpOptions): unknown {
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND" || error.code === "EAI_AGAIN")
    return new LocalError(
      "usage",
      `--host ${host} is not an address of this machine: leave it out, or pass one that is`,
    );
  if (error.code !== "EADDRINUSE") return error;
  return new LocalError(
    "port-in-use",
    `port ${port} is already in use (by another endpoint?): stop the program that listens there, or pass another --port`,
    { cause: error },
  );
}
