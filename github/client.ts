import { setTimeout as sleep } from "node:timers/promises";
import { ExitError, exitCode } from "../exit-code.ts";
import { GitHubError } from "./github-error.ts";
import { rateLimitSeconds } from "./rate-limit.ts";

export interface GitHubOptions {
  readonly token: string;
  /** The address of the API, such as https://api.github.com, or another one with GitHub Enterprise Server. */
  readonly url: string;
  /** The most seconds to wait for a rate limit in one request. */
  readonly patience?: number;
  /** Waits some seconds. */
  readonly wait?: (seconds: number) => Promise<void>;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A client of GitHub's REST API. Paths begin with a slash: `/repos/octo/models/issues/7/comments`. */
export interface GitHub {
  /** Sends one request, and returns the JSON of the answer; undefined if the answer has none. @throws GitHubError */
  request(method: Method, path: string, body?: unknown): Promise<unknown>;
  /** Reads all pages of a list. @param key the property that has the list, for answers such as `{"secrets": [...]}` */
  list(path: string, key?: string): Promise<readonly unknown[]>;
}

/** The version of the API, which GitHub keeps stable. Source: https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const apiVersion = "2022-11-28";

const agent = "pulumi-sagemaker-training";

/** Creates a client. It waits for rate limits, and maps each refusal to an error with one line. */
export function gitHub({
  token,
  url,
  patience = 120,
  wait = (seconds) => sleep(seconds * 1000),
}: GitHubOptions): GitHub {
  const origin = new URL(url).origin;
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "user-agent": agent,
    "x-github-api-version": apiVersion,
  };

  async function send(method: Method, address: string, body: unknown): Promise<Response> {
    try {
      return await fetch(address, {
        ...{ method, headers, redirect: "error" as const },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      const { cause } = error as Error;
      const reason = cause instanceof Error ? cause.message : (error as Error).message;
      throw new ExitError(exitCode.aws, `GitHub does not answer at ${origin} (${reason}); try again later.`, {
        cause: error,
      });
    }
  }

  async function answered(method: Method, address: string, body?: unknown): Promise<Response> {
    let waited = 0;
    for (let attempt = 0; ; attempt++) {
      const response = await send(method, address, body);
      if (response.ok) return response;
      const message = await refusal(response);
      const seconds = rateLimitSeconds(response, message, attempt);
      if (seconds === undefined || waited + seconds > patience)
        throw new GitHubError({ method, path: new URL(address).pathname, status: response.status, message, seconds });
      waited += seconds;
      await wait(seconds);
    }
  }

  return {
    async request(method, path, body) {
      const text = await (await answered(method, url + path, body)).text();
      return text === "" ? undefined : JSON.parse(text);
    },
    async list(path, key) {
      const all: unknown[] = [];
      const first = new URL(url + path);
      first.searchParams.set("per_page", "100");
      for (let next: string | undefined = first.href; next !== undefined; ) {
        const response = await answered("GET", next);
        const page = (await response.json()) as Record<string, readonly unknown[]> | readonly unknown[];
        all.push(...(Array.isArray(page) ? page : ((page as Record<string, readonly unknown[]>)[key ?? ""] ?? [])));
        next = nextPage(response, origin);
      }
      return all;
    },
  };
}

/** Creates a client from the variables that GitHub Actions sets, GH_TOKEN or GITHUB_TOKEN among them. @throws ExitError (2) */
export function gitHubOfEnvironment(env: NodeJS.ProcessEnv = process.env): GitHub {
  const token = env["GH_TOKEN"] || env["GITHUB_TOKEN"];
  if (token === undefined || token === "")
    throw new ExitError(exitCode.usage, "GH_TOKEN is not set; set it to a token: export GH_TOKEN=$(gh auth token)");
  return gitHub({ token, url: env["GITHUB_API_URL"] || "https://api.github.com" });
}

async function refusal(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { message, errors } = JSON.parse(text) as { message?: string; errors?: readonly unknown[] };
    const details = (errors ?? []).map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
    return [message ?? text, ...details].join(": ");
  } catch {
    return text.slice(0, 200);
  }
}

/** Returns the address of the next page, but only on the same server, because the token is sent to it. */
function nextPage({ headers }: Response, origin: string): string | undefined {
  const [, next] = /<([^>]+)>;\s*rel="next"/.exec(headers.get("link") ?? "") ?? [];
  return next !== undefined && new URL(next).origin === origin ? next : undefined;
}
