import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Starts a Python package index that serves the same wheel, `content`, for every package. */
export async function servePackageIndex(version: string, content: Uint8Array) {
  const server = createServer((request, response) => {
    const [, name = ""] = /^\/simple\/([^/]+)\/$/.exec(request.url ?? "") ?? [];
    if (name === "") {
      response.writeHead(200, { "content-length": content.length }).end(content);
      return;
    }
    const wheel = `${name}-${version}-py3-none-any.whl`;
    response.writeHead(200, { "content-type": "text/html" }).end(`<!DOCTYPE html><a href="/${wheel}">${wheel}</a>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
