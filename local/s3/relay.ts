import type { IncomingMessage } from "node:http";
import { failureOf, truerType } from "../moto/failure.ts";
import type { S3Answer } from "./answer-setting.ts";

/** Headers that belong to one connection and are not passed on. */
const ofConnection = new Set(["connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding"]);

/** Sends a request with a small body to moto and returns the answer, so that the caller can act before it answers the client. */
export async function relay(moto: string, request: IncomingMessage, body: string): Promise<S3Answer> {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value !== "string" || ofConnection.has(name) ? [] : [[name, value] as [string, string]],
  );
  const { method = "GET", url = "/" } = request;
  const answer = await fetch(moto + url, { method, headers, ...(body === "" ? {} : { body }) });
  const answered = [...answer.headers].filter(([name]) => !ofConnection.has(name));
  const read = { statusCode: answer.status, headers: Object.fromEntries(answered) };
  const failure = failureOf(request, read);
  if (failure !== undefined) return { ...failure, body: String(failure.body) };
  const type = truerType(request, read);
  if (type !== undefined) answered.push(["content-type", type]);
  return { status: answer.status, headers: Object.fromEntries(answered), body: await answer.text() };
}
