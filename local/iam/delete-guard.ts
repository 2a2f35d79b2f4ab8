import type { IncomingMessage } from "node:http";
import type { S3Answer } from "../s3/answer-setting.ts";
import { s3Target } from "../wire/s3-target.ts";
import { AccessDenied } from "./access-denied.ts";
import {
  type DeleteRequest,
  type DeniedObject,
  deleteCall,
  longestDelete,
  nothingDeleted,
  readDelete,
  withDenied,
  writeDelete,
} from "./delete-objects.ts";
import { peekBody, replaceBody } from "./peek-body.ts";
import type { Caller } from "./recorded-call.ts";
import type { RoleCalls } from "./role-calls.ts";

/** Tells whether a request to S3 is a DeleteObjects request. */
export function isDeleteObjects({ method, url = "" }: Pick<IncomingMessage, "method" | "url">): boolean {
  const { bucket, key, parameters } = s3Target(url);
  return method === "POST" && bucket !== "" && key === "" && parameters.has("delete");
}

export interface DeleteGuardOptions {
  readonly calls: RoleCalls;
  /** Sends a request with a changed body to S3. */
  readonly relay: (request: IncomingMessage, body: string) => Promise<S3Answer>;
}

/**
 * Checks for every object in a DeleteObjects request whether the role may delete it. It deletes the allowed objects and
 * adds an error to the answer for each denied one.
 *
 * @returns the answer, or undefined if the role may delete all objects and the request can go on unchanged
 */
export async function admitDelete(
  request: IncomingMessage,
  caller: Caller,
  { calls, relay }: DeleteGuardOptions,
): Promise<S3Answer | undefined> {
  const body = await peekBody(request, longestDelete);
  const asked = body === undefined ? undefined : readDelete(body);
  if (asked === undefined) return malformed;
  const { bucket } = s3Target(request.url ?? "");
  const denied = await deniedOf(bucket, asked, caller, calls);
  const kept = new Set(denied.map(({ object }) => object));
  const allowed = writeDelete({ ...asked, objects: asked.objects.filter((object) => !kept.has(object)) });
  forgetDigests(request);
  if (denied.length === 0) {
    replaceBody(request, allowed);
    return undefined;
  }
  if (kept.size === asked.objects.length)
    return { status: 200, headers: { "content-type": "application/xml" }, body: withDenied(nothingDeleted, denied) };
  const answer = await relay(request, allowed);
  return answer.status === 200 ? { ...answer, body: withDenied(answer.body ?? "", denied) } : answer;
}

async function deniedOf(bucket: string, { objects }: DeleteRequest, caller: Caller, calls: RoleCalls) {
  const denied: DeniedObject[] = [];
  for (const object of objects)
    try {
      await calls.make(caller, [deleteCall(bucket, object)]);
    } catch (error) {
      if (!(error instanceof AccessDenied)) throw error;
      denied.push({ object, message: error.message });
    }
  return denied;
}

/** Removes the checksum headers, because they belong to the original body. */
function forgetDigests({ headers }: IncomingMessage): void {
  for (const name of Object.keys(headers))
    if (/^(content-md5|x-amz-checksum-|x-amz-sdk-checksum-|x-amz-trailer)/.test(name)) delete headers[name];
}

/** The answer to an invalid body. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const malformed: S3Answer = {
  status: 400,
  headers: { "content-type": "application/xml" },
  body: "<Error><Code>MalformedXML</Code><Message>The XML you provided was not well-formed or did not validate against our published schema</Message></Error>",
};
