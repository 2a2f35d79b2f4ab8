import type { IncomingMessage, ServerResponse } from "node:http";
import { LocalError } from "../wire/local-error.ts";
import { bodyOf } from "../wire/request-body.ts";
import type { Faults } from "./faults.ts";
import { parseFaults } from "./parse-faults.ts";

/** No bucket's name begins with an underscore, and no service has such a path: no client of AWS comes here. */
const controlPath = /^\/_local(\/|$|\?)/;
const faultsPath = /^\/_local\/faults(?:\/(\d+))?\/?$/;

const largestBody = 256 * 1024;

/** Whether a request is to the endpoint itself, and to none of AWS's services. */
export function isControl(url: string): boolean {
  return controlPath.test(url);
}

/**
 * The endpoint's own interface, at `/_local/faults`: GET lists the faults, POST adds some, DELETE removes all, or one by its
 * number. Every answer is JSON: `{"faults": [...]}` as they are afterwards, or `{"message": "..."}`.
 */
export async function answerControl(request: IncomingMessage, response: ServerResponse, faults: Faults): Promise<void> {
  const { status, body } = await answer(request, faults);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}

async function answer(request: IncomingMessage, faults: Faults): Promise<{ status: number; body: object }> {
  const path = faultsPath.exec(request.url ?? "");
  if (path === null) return refusal(404, `${request.url} is not here; /_local/faults is`);
  const [, id] = path;
  try {
    if (request.method === "POST" && id === undefined)
      faults.add(parseFaults((await bodyOf(request, largestBody)).toString(), "the body"));
    else if (request.method === "DELETE") faults.clear(id === undefined ? undefined : Number(id));
    else if (request.method !== "GET" || id !== undefined)
      return refusal(405, `${request.method} ${request.url} does nothing; GET, POST and DELETE /_local/faults do`);
    return { status: 200, body: { faults: faults.list() } };
  } catch (error) {
    return refusal(400, error instanceof LocalError || error instanceof Error ? error.message : String(error));
  }
}

function refusal(status: number, message: string) {
  return { status, body: { message } };
}
