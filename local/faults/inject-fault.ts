import { randomUUID } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { RequestedOperation } from "../wire/requested-operation.ts";
import { sendWire, wireError } from "../wire/wire-error.ts";
import { withoutRepeatedToken, withPageSize, withRepeatedToken, withStatus } from "./changed-members.ts";
import { faultError, s3Subject, subjectOf } from "./fault-error.ts";
import type { FaultRule } from "./fault-rule.ts";
import { type HeldAnswer, holdAnswer } from "./held-answer.ts";

export interface FaultyRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly call: RequestedOperation;
  /** The body, if it was read to find out the operation. */
  readonly body: Buffer | undefined;
  /** Executes and answers the request. */
  readonly proceed: (body: Buffer | undefined) => Promise<void>;
}

/** The page that a proxy with a login sends, with status 200, instead of AWS's answer. */
const loginPage = "<!doctype html><title>Sign in</title><p>Sign in to use this network.</p>";

/** Injects a fault into a request: before its execution, instead of it, or into its answer. */
export async function injectFault(rule: FaultRule, faulty: FaultyRequest): Promise<void> {
  const { request, response, call, body, proceed } = faulty;
  const input = body === undefined ? undefined : parsed(body);
  const subject = call.service === "s3" ? s3Subject(request.url ?? "/") : subjectOf(input);
  const error = faultError(rule, call, subject);
  if (error !== undefined) {
    request.resume();
    sendWire(response, wireError(call.protocol, error, request.headers["content-type"]));
    return;
  }
  switch (rule.fault) {
    case "latency":
      await delay(rule.milliseconds);
      // Does not execute the request of a client that has disconnected.
      if (!response.destroyed) await proceed(body);
      return;
    case "hang":
      request.resume();
      request.socket.setTimeout(0);
      return;
    case "disconnect":
      request.socket.destroy();
      return;
    case "not-json": {
      request.resume();
      const page = { "content-type": "text/html", "x-amzn-requestid": randomUUID() };
      sendWire(response, { status: 200, headers: page, body: loginPage });
      return;
    }
    case "page-size":
      return proceed(changed(input, body, (members) => withPageSize(members, rule.size)));
    case "repeated-page-token":
      holdAnswer(response, (answer) => resend(response, inJson(answer, withRepeatedToken)));
      return proceed(changed(input, body, withoutRepeatedToken));
    case "status":
      holdAnswer(response, (answer) =>
        resend(
          response,
          inJson(answer, (members) => withStatus(members, rule.status, rule.step)),
        ),
      );
      return proceed(body);
    default:
      holdAnswer(response, (answer) => spoil(rule.fault, response, answer));
      return proceed(body);
  }
}

/** Sends a part of a complete answer, or nothing, according to the fault. */
function spoil(fault: FaultRule["fault"], response: ServerResponse, answer: HeldAnswer): void {
  const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
  if (fault === "lost-response") response.socket?.destroy();
  else if (fault === "truncated-body") resend(response, { ...answer, body: half });
  else {
    response.writeHead(answer.status, headersFor(answer));
    response.flushHeaders();
    response.write(half, () => {
      if (fault === "reset") response.socket?.resetAndDestroy();
      else if (fault === "short-body") response.socket?.destroy();
      else response.socket?.setTimeout(0);
    });
  }
}

/** Sends a complete answer with a `content-length` that matches its body. */
function resend(response: ServerResponse, answer: HeldAnswer): void {
  response.writeHead(answer.status, headersFor(answer));
  response.end(answer.body);
}

function headersFor({ headers, body }: HeldAnswer): OutgoingHttpHeaders {
  const { "transfer-encoding": _, "content-length": __, ...others } = headers;
  return { ...others, "content-length": body.length };
}

function inJson(answer: HeldAnswer, change: (members: unknown) => unknown): HeldAnswer {
  const members = answer.status === 200 ? parsed(answer.body) : undefined;
  return members === undefined ? answer : { ...answer, body: Buffer.from(JSON.stringify(change(members))) };
}

function changed(input: unknown, body: Buffer | undefined, change: (members: unknown) => unknown): Buffer | undefined {
  return input === undefined ? body : Buffer.from(JSON.stringify(change(input)));
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.length === 0 ? "{}" : body.toString());
  } catch {
    return undefined;
  }
}
