import type { IncomingMessage } from "node:http";

/** Above the longest body that says what a request is about. */
const longest = 1024 * 1024;

/**
 * The text of a request's body, which stays there to be read again; undefined for one that does not say its length, or is
 * too long to hold. Empty where the client goes away meanwhile.
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
      // Before its end is told: afterwards nothing can be put back.
      request.unshift(body);
      end(body.toString());
    };
    request.on("readable", more).once("close", gone);
    more();
  });
}

/** Puts another body in the place of one that was looked at. */
export function replaceBody(request: IncomingMessage, body: string): void {
  while (request.read() !== null);
  request.unshift(Buffer.from(body));
  request.headers["content-length"] = String(Buffer.byteLength(body));
}
