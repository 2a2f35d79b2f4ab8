import type { IncomingMessage, ServerResponse } from "node:http";
import { type SignedRequest, signature } from "../wire/signature.ts";
import { sendWire } from "../wire/wire-error.ts";
import { AccessDenied } from "./access-denied.ts";
import { admitDelete, type DeleteGuardOptions, isDeleteObjects } from "./delete-guard.ts";
import { deniedAnswer, expiredAnswer } from "./denied-answer.ts";
import { namedResource } from "./named-resource.ts";
import { peekBody } from "./peek-body.ts";
import type { IamCall } from "./recorded-call.ts";
import { members, requestCalls } from "./request-calls.ts";
import type { RolePolicyReader } from "./role-policies.ts";
import type { RoleSessions } from "./role-sessions.ts";

export interface GuardOptions extends DeleteGuardOptions {
  readonly sessions: RoleSessions;
  /** The reader of policies, which forgets its cache when a request may change IAM. */
  readonly roles: RolePolicyReader;
  readonly log: (line: string) => void;
}

/**
 * Returns the function that checks every request before the endpoint answers it. It records the requests of roles and
 * calls `next` for the allowed ones. It answers denied requests, and requests of sessions that have ended, as their
 * service does. Requests of users always go on.
 */
export function requestGuard({ sessions, calls, roles, relay, log }: GuardOptions) {
  const admit = async (request: IncomingMessage, response: ServerResponse, signed: SignedRequest) => {
    const caller = sessions.caller(signed.accessKeyId);
    if (caller === undefined) return true;
    const { service, region = "" } = signed;
    if (service === "s3" && isDeleteObjects(request)) {
      const answer = await admitDelete(request, caller, { calls, relay });
      if (answer === undefined) return true;
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
      request.resume();
      return false;
    }
    const text = service === "s3" ? undefined : await peekBody(request);
    try {
      const asked = requestCalls(request, service, text === undefined ? undefined : { text, region });
      await calls.make(caller, text === undefined ? asked : await named(asked, text, region));
      return true;
    } catch (error) {
      if (!(error instanceof AccessDenied)) throw error;
      const { status, headers, body } = deniedAnswer(request, error);
      response.writeHead(status, headers);
      response.end(request.method === "HEAD" ? undefined : body);
      // Discards the rest of an upload, so that the client can reuse the connection.
      request.resume();
      return false;
    }
  };
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const signed = signature(request);
    if (signed !== undefined && sessions.isOver(signed.accessKeyId)) {
      request.resume();
      sendWire(response, expiredAnswer(request));
      return;
    }
    if (signed?.service === "iam") response.once("close", roles.changing());
    if (signed === undefined || sessions.caller(signed.accessKeyId) === undefined) {
      next();
      return;
    }
    admit(request, response, signed).then(
      (goes) => goes && next(),
      (error) => {
        log(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : error}`);
        response.destroy();
      },
    );
  };
}

/** Replaces `*` in calls by the resource that the body names. */
function named(calls: readonly IamCall[], text: string, region: string): Promise<readonly IamCall[]> {
  return Promise.all(
    calls.map(async (call) =>
      call.resource === "*" ? { ...call, resource: await namedResource(call.action, members(text), region) } : call,
    ),
  );
}
