import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy that rejects and records every request, to show whether a program makes network requests. */
export interface RefusingProxy {
  readonly url: string;
  /** The hosts of the requests: `example.com:443`. */
  readonly asked: readonly string[];
  readonly close: () => void;
}

export async function refusingProxy(): Promise<RefusingProxy> {
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    response.writeHead(403).end();
  });
  server.on("connect", ({ url = "" }, socket) => {
    asked.push(url);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close: () => server.close() };
}
