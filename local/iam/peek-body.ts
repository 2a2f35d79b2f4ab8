import type { IncomingMessage } from "node:http";

/** Bytes. More than the longest body from which the operation or the resource has to be read. */
const longest = 1024 * 1024;

/**
 * Reads a request's body without consuming it. Returns undefined if the body is too long or has no `content-length`,
 * and an empty text if the client disconnects.
 */
export async function peekBody(request: IncomingMessage, most = longest): Promise<string | undefined> {
  const length = Number(request.headers["content-length"] ?? Number.NaN);
  if (!(length <= most)) return undefined;
  if (length === 0) return "";
  const chunks: Buffer[] = [];
  let read = 0;
  return new Promise((resolve) => {
    const end = (text: string) => {
      request.off("readable", more).off("close", gone);
      resolve(text);
    };
    const gone = () => end("");
    const more = () => {
      for (let chunk = request.read(); chunk !== null; chunk = read < length ? request.read() : null) {
        chunks.push(chunk);
        read += chunk.length;
      }
      if (read < length) return;
      const body = Buffer.concat(chunks);
      // Puts the body back before the stream emits `end`. Later it would be an error.
      request.unshift(body);
      end(body.toString());
    };
    request.on("readable", more).once("close", gone);
    more();
  });
}

/** Replaces a request's body after `peekBody`. */
export function replaceBody(request: IncomingMessage, body: string): void {
  while (request.read() !== null);
  request.unshift(Buffer.from(body));
  request.headers["content-length"] = String(Buffer.byteLength(body));
}
