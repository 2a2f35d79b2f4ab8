import { type GitHubRoute, notFound, unprocessable } from "./github-server.ts";

export interface Issue {
  readonly number: number;
  readonly user: { readonly login: string };
  title: string;
  body: string;
  state: "open" | "closed";
  state_reason?: string;
  pull_request?: object;
}

/** A repository's issues, and pull requests, which GitHub lists among them. Source: https://docs.github.com/en/rest/issues/issues */
export class Issues {
  readonly all: Issue[] = [];

  add(
    body: string,
    { login = "github-actions[bot]", ...rest }: Partial<Issue> & { readonly login?: string } = {},
  ): Issue {
    const issue = { number: this.all.length + 1, title: "", body, state: "open" as const, user: { login }, ...rest };
    this.all.push(issue);
    return issue;
  }

  get open(): readonly Issue[] {
    return this.all.filter(({ state }) => state === "open");
  }

  routes(): readonly GitHubRoute[] {
    const list = /^\/repos\/[^/]+\/[^/]+\/issues$/;
    const one = /^\/repos\/[^/]+\/[^/]+\/issues\/(?<number>\d+)$/;
    return [
      {
        method: "GET",
        path: list,
        // GitHub lists the newest first, and only open ones unless the query says otherwise.
        answer: ({ query }) => {
          const state = query.get("state") ?? "open";
          return { status: 200, body: this.all.filter((issue) => state === "all" || issue.state === state).reverse() };
        },
      },
      {
        method: "POST",
        path: list,
        answer: ({ body: { title, body } }) => {
          if (typeof title !== "string") return unprocessable([{ code: "missing_field", field: "title" }]);
          return { status: 201, body: this.add(String(body), { title }) };
        },
      },
      {
        method: "PATCH",
        path: one,
        answer: ({ names, body }) => {
          const issue = this.all.find(({ number }) => number === Number(names["number"]));
          if (issue === undefined) return notFound;
          return { status: 200, body: Object.assign(issue, body) };
        },
      },
    ];
  }
}
