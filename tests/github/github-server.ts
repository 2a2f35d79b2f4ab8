import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface GitHubRequest {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  /** The parts of the path that the route's groups name. */
  readonly names: Readonly<Record<string, string>>;
}

export interface GitHubAnswer {
  readonly status: number;
  /** The body; the server cuts a list to pages. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the API. */
export interface GitHubRoute {
  readonly method: string;
  /** Matches the whole path; its named groups become the request's names. */
  readonly path: RegExp;
  /** The property of the answer that has the list to cut to pages; the answer itself is the list if it is left out. */
  readonly listIn?: string;
  readonly answer: (request: GitHubRequest) => GitHubAnswer;
}

/** A refusal that the server answers in place of a route, once. */
export interface Refusal extends GitHubAnswer {
  readonly when: (request: Pick<GitHubRequest, "method" | "path">) => boolean;
}

export interface GitHubServer extends AsyncDisposable {
  readonly url: string;
  /** The requests so far: `GET /repos/octo/models/issues/7/comments`. */
  readonly requests: string[];
  /** Answers the next matching request with a refusal. */
  refuse(refusal: Refusal): void;
  /** Runs before each answer, for a race with another client. */
  beforeAnswer: (request: Pick<GitHubRequest, "method" | "path">) => void;
}

/** The tokens that the server knows: `writer` may do everything; `reader` only reads, as a fork's token. */
export const tokens = { writer: "ghs_writer", reader: "ghs_reader" } as const;

export const notFound: GitHubAnswer = { status: 404, body: { message: "Not Found" } };

export function unprocessable(errors: unknown): GitHubAnswer {
  return { status: 422, body: { message: "Validation Failed", errors } };
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

function onePage(all: readonly unknown[], address: URL) {
  const size = Math.min(Number(address.searchParams.get("per_page") ?? 30), 100);
  const page = Number(address.searchParams.get("page") ?? 1);
  const next = new URL(address);
  next.searchParams.set("page", String(page + 1));
  const link = page * size < all.length ? { link: `<${next.href}>; rel="next"` } : {};
  return { page: all.slice((page - 1) * size, page * size), link };
}

function paged(answer: GitHubAnswer, key: string | undefined, address: URL): GitHubAnswer {
  const { body } = answer;
  const all = key === undefined ? body : (body as Record<string, unknown>)[key];
  if (!Array.isArray(all)) return answer;
  const { page, link } = onePage(all, address);
  return {
    ...answer,
    headers: { ...answer.headers, ...link },
    body: key === undefined ? page : { ...Object(body), [key]: page },
  };
}

function send(response: ServerResponse, { status, body, headers }: GitHubAnswer): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  // A file, such as the ZIP of an artifact, is sent as it is.
  response.end(body === undefined ? undefined : body instanceof Buffer ? body : JSON.stringify(body));
}

/** Starts a server on 127.0.0.1 that has the documented behaviour of GitHub's REST API for the given routes. */
export async function startGitHubServer(routes: readonly GitHubRoute[]): Promise<GitHubServer> {
  const requests: string[] = [];
  const refusals: Refusal[] = [];

  async function answerTo(request: IncomingMessage, address: URL): Promise<GitHubAnswer> {
    const [method, path, body] = [request.method ?? "", decodeURIComponent(address.pathname), await bodyOf(request)];
    requests.push(`${method} ${path}`);
    server.beforeAnswer({ method, path });
    const token = request.headers.authorization?.replace(/^(Bearer|token) /, "");
    if (token !== tokens.writer && token !== tokens.reader)
      return { status: 401, body: { message: "Bad credentials" } };
    const refused = refusals.findIndex(({ when }) => when({ method, path }));
    if (refused >= 0) return refusals.splice(refused, 1)[0] as Refusal;
    if (token === tokens.reader && method !== "GET")
      return { status: 403, body: { message: "Resource not accessible by integration" } };
    for (const route of routes) {
      const match = method === route.method ? route.path.exec(path) : null;
      if (match === null) continue;
      const names = { ...match.groups };
      return paged(route.answer({ method, path, query: address.searchParams, body, names }), route.listIn, address);
    }
    return notFound;
  }

  const http = createServer((request, response) => {
    const address = new URL(request.url ?? "/", server.url);
    answerTo(request, address).then(
      (answer) => send(response, answer),
      (error: Error) => send(response, { status: 500, body: { message: error.message } }),
    );
  });
  await once(http.listen(0, "127.0.0.1"), "listening");
  const server: GitHubServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests,
    beforeAnswer: () => {},
    refuse: (refusal) => void refusals.push(refusal),
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
    },
  };
  return server;
}
