import type { IncomingMessage, ServerResponse } from "node:http";
import { LocalError } from "../wire/local-error.ts";
import { bodyOf } from "../wire/request-body.ts";
import type { Faults } from "./faults.ts";
import { parseFaults } from "./parse-faults.ts";

/**
 * Matches the endpoint's own paths. They cannot be S3 paths, because names of buckets do not begin with an underscore.
 */
const controlPath = /^\/_local(\/|$|\?)/;
const faultsPath = /^\/_local\/faults(?:\/(\d+))?\/?$/;

const largestBody = 256 * 1024;

/** Tells whether a request is for the endpoint itself and not for an AWS service. */
export function isControl(url: string): boolean {
  return controlPath.test(url);
}

/**
 * Answers a request to `/_local/faults`. GET lists the faults, POST adds some, and DELETE removes all of them, or one
 * of them by its number. The answer is JSON: the faults after the request as `{"faults": [...]}`, or an error as
 * `{"message": "..."}`.
 */
export async function answerControl(request: IncomingMessage, response: ServerResponse, faults: Faults): Promise<void> {
  const { status, body } = await answer(request, faults);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}

async function answer(request: IncomingMessage, faults: Faults): Promise<{ status: number; body: object }> {
  const path = faultsPath.exec(request.url ?? "");
  if (path === null) return errorAnswer(404, `${request.url} does not exist: use /_local/faults`);
  const [, id] = path;
  try {
    if (request.method === "POST" && id === undefined)
      faults.add(parseFaults((await bodyOf(request, largestBody)).toString(), "the body"));
    else if (request.method === "DELETE") faults.clear(id === undefined ? undefined : Number(id));
    else if (request.method !== "GET" || id !== undefined)
      return errorAnswer(405, `${request.method} ${request.url} does not work: use GET, POST or DELETE /_local/faults`);
    return { status: 200, body: { faults: faults.list() } };
  } catch (error) {
    return errorAnswer(400, error instanceof LocalError || error instanceof Error ? error.message : String(error));
  }
}

function errorAnswer(status: number, message: string) {
  return { status, body: { message } };
}
