import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { signature } from "../../../local/wire/signature.ts";

/** A running S3 server. */
export interface S3Objects {
  /** The environment variables that make boto3 use this server. */
  readonly environment: NodeJS.ProcessEnv;
  /** The regions for which the requests were signed. */
  readonly regions: ReadonlySet<string>;
  close(): void;
}

/** Starts a server that implements only S3's GetObject. The objects are given by `/bucket/key`. */
export async function serveS3Objects(objects: ReadonlyMap<string, Uint8Array>): Promise<S3Objects> {
  const regions = new Set<string>();
  const server = createServer((request, response) => {
    regions.add(signature(request)?.region ?? "none");
    const body = objects.get(new URL(request.url ?? "", "http://s3").pathname);
    if (request.method === "GET" && body !== undefined) {
      response.writeHead(200, { "content-length": body.length }).end(body);
      return;
    }
    const text = "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>";
    response.writeHead(404, { "content-type": "application/xml" }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const environment = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "eu-central-1",
    AWS_MAX_ATTEMPTS: "1",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  return {
    environment,
    regions,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
