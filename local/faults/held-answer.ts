import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

/** A complete answer that was not sent yet. */
export interface HeldAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Collects the answer that is written to a response until it is complete, and passes it to `release`. `release` then
 * sends the changed or shortened answer with the same response.
 */
export function holdAnswer(response: ServerResponse, release: (answer: HeldAnswer) => void): void {
  const { write, end, writeHead } = response;
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === "string") chunks.push(Buffer.from(chunk, isEncoding(encoding) ? encoding : "utf8"));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  response.writeHead = (status: number, ...rest: unknown[]) => {
    response.statusCode = status;
    const headers = rest.at(-1);
    if (typeof headers === "object" && headers !== null)
      for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
    return response;
  };
  response.write = (chunk: unknown, ...rest: unknown[]) => {
    keep(chunk, rest[0]);
    called(rest);
    return true;
  };
  response.end = (...all: unknown[]) => {
    keep(all[0], all[1]);
    Object.assign(response, { write, end, writeHead });
    const headers = response.getHeaders();
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    release({ status: response.statusCode, headers, body: Buffer.concat(chunks) });
    called(all);
    return response;
  };
}

function called(args: readonly unknown[]): void {
  const callback = args.at(-1);
  if (typeof callback === "function") process.nextTick(() => callback());
}

function isEncoding(value: unknown): value is BufferEncoding {
  return typeof value === "string" && Buffer.isEncoding(value);
}
