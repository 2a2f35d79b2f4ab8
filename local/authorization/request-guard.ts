import type { IncomingMessage, ServerResponse } from "node:http";
import { AccessDenied } from "./access-denied.ts";
import { deniedAnswer } from "./denied-answer.ts";
import { peekBody } from "./peek-body.ts";
import { requestCalls, type SignedRequest, signature } from "./request-calls.ts";
import type { RoleCalls } from "./role-calls.ts";
import type { RolePolicyReader } from "./role-policies.ts";
import type { RoleSessions } from "./role-sessions.ts";

export interface GuardOptions {
  readonly sessions: RoleSessions;
  readonly calls: RoleCalls;
  /** Told of what may change IAM. */
  readonly roles: RolePolicyReader;
  readonly log: (line: string) => void;
}

/**
 * What stands before the endpoint: a request in the name of a role is recorded, and goes on when the role may make it;
 * otherwise it is answered as its service would. Users' own requests go on as they are.
 */
export function requestGuard({ sessions, calls, roles, log }: GuardOptions) {
  const admit = async (request: IncomingMessage, response: ServerResponse, signed: SignedRequest) => {
    const caller = sessions.caller(signed.accessKeyId);
    if (caller === undefined) return true;
    const { service, region = "" } = signed;
    const text = service === "s3" ? undefined : await peekBody(request);
    try {
      await calls.make(caller, requestCalls(request, service, text === undefined ? undefined : { text, region }));
      return true;
    } catch (error) {
      if (!(error instanceof AccessDenied)) throw error;
      const { status, headers, body } = deniedAnswer(request, error);
      response.writeHead(status, headers);
      response.end(request.method === "HEAD" ? undefined : body);
      // What is still to come of an upload is not wanted; the connection is used again.
      request.resume();
      return false;
    }
  };
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const signed = signature(request);
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
