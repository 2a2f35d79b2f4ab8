import { type GitHubRoute, notFound } from "./github-server.ts";

export interface PullRequest {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly head: { sha: string; readonly ref: string; readonly repo: { readonly full_name: string } };
  readonly base: { sha: string; readonly ref: string };
}

/**
 * Returns the routes of a repository's pull requests, and of its branches by name. Source: https://docs.github.com/en/rest/pulls/pulls,
 * https://docs.github.com/en/rest/branches/branches
 */
export function pullRequestRoutes(
  pulls: readonly PullRequest[],
  branches: Readonly<Record<string, string>> = {},
): readonly GitHubRoute[] {
  return [
    {
      method: "GET",
      path: /^\/repos\/[^/]+\/[^/]+\/branches\/(?<branch>.+)$/,
      answer: ({ names: { branch = "" } }) =>
        Object.hasOwn(branches, branch)
          ? { status: 200, body: { name: branch, commit: { sha: branches[branch] }, protected: false } }
          : { status: 404, body: { message: "Branch not found" } },
    },
    {
      method: "GET",
      path: /^\/repos\/[^/]+\/[^/]+\/pulls$/,
      answer: ({ query }) => {
        const [state, base, head] = ["state", "base", "head"].map((name) => query.get(name));
        const listed = pulls.filter(
          (pull) =>
            (state === "all" || pull.state === (state ?? "open")) &&
            (base == null || pull.base.ref === base) &&
            (head == null || `${pull.head.repo.full_name.split("/")[0]}:${pull.head.ref}` === head),
        );
        return { status: 200, body: listed };
      },
    },
    {
      method: "GET",
      path: /^\/repos\/[^/]+\/[^/]+\/pulls\/(?<number>\d+)$/,
      answer: ({ names }) => {
        const pull = pulls.find(({ number }) => number === Number(names["number"]));
        return pull === undefined ? notFound : { status: 200, body: pull };
      },
    },
  ];
}
