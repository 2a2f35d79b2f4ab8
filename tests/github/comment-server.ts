import { type GitHubServer, startGitHubServer } from "./github-server.ts";
import { IssueComments } from "./issue-comments.ts";
import { type PullRequest, pullRequestRoutes } from "./pull-requests.ts";

/** The commits of the pull request and of its base branch: the first one, and one that follows it. */
export const commits = { head: "a".repeat(40), newHead: "b".repeat(40), base: "c".repeat(40), newBase: "d".repeat(40) };

export interface CommentServer {
  readonly server: GitHubServer;
  readonly comments: IssueComments;
  readonly pull: PullRequest;
  readonly branches: Record<string, string>;
  /** The variables that GitHub sets for a run of a workflow. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a server with pull request 7 of octo/models. */
export async function startCommentServer(further: readonly PullRequest[] = []): Promise<CommentServer> {
  const comments = new IssueComments();
  const pull: PullRequest = {
    ...{ number: 7, state: "open" },
    head: { sha: commits.head, ref: "change", repo: { full_name: "octo/models" } },
    base: { sha: commits.base, ref: "main" },
  };
  const branches = { main: commits.base };
  const server = await startGitHubServer([...comments.routes(), ...pullRequestRoutes([pull, ...further], branches)]);
  const env = { GITHUB_API_URL: server.url, GITHUB_REPOSITORY: "octo/models", GITHUB_RUN_ATTEMPT: "1" };
  return { server, comments, pull, branches, env };
}
