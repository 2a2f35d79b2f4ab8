import { type GitHubRoute, notFound, unprocessable } from "./github-server.ts";

export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  body: string;
}

/** The most characters of a comment. */
const most = 65_536;

/** The comments of pull requests and issues, by number. */
export class IssueComments {
  readonly byIssue = new Map<number, Comment[]>();
  #last = 0;

  add(issue: number, body: string, login = "github-actions[bot]"): Comment {
    const comment = { id: ++this.#last, user: { login }, body };
    this.of(issue).push(comment);
    return comment;
  }

  of(issue: number): Comment[] {
    const comments = this.byIssue.get(issue) ?? [];
    this.byIssue.set(issue, comments);
    return comments;
  }

  #find(id: number): Comment | undefined {
    return [...this.byIssue.values()].flat().find((comment) => comment.id === id);
  }

  /** Source: https://docs.github.com/en/rest/issues/comments */
  routes(): readonly GitHubRoute[] {
    const ofIssue = /^\/repos\/[^/]+\/[^/]+\/issues\/(?<issue>\d+)\/comments$/;
    const one = /^\/repos\/[^/]+\/[^/]+\/issues\/comments\/(?<id>\d+)$/;
    const problem = (body: unknown) =>
      typeof body !== "string" || body === ""
        ? unprocessable([{ resource: "IssueComment", code: "missing_field", field: "body" }])
        : [...body].length > most
          ? unprocessable([
              {
                resource: "IssueComment",
                code: "custom",
                field: "body",
                message: `body is too long (maximum is ${most} characters)`,
              },
            ])
          : undefined;
    return [
      { method: "GET", path: ofIssue, answer: ({ names }) => ({ status: 200, body: this.of(Number(names["issue"])) }) },
      {
        method: "POST",
        path: ofIssue,
        answer: ({ names, body: { body } }) =>
          problem(body) ?? { status: 201, body: this.add(Number(names["issue"]), body as string) },
      },
      {
        method: "PATCH",
        path: one,
        answer: ({ names, body: { body } }) => {
          const comment = this.#find(Number(names["id"]));
          if (comment === undefined) return notFound;
          const wrong = problem(body);
          if (wrong !== undefined) return wrong;
          comment.body = body as string;
          return { status: 200, body: comment };
        },
      },
      {
        method: "DELETE",
        path: one,
        answer: ({ names }) => {
          for (const comments of this.byIssue.values()) {
            const index = comments.findIndex(({ id }) => id === Number(names["id"]));
            if (index >= 0) {
              comments.splice(index, 1);
              return { status: 204 };
            }
          }
          return notFound;
        },
      },
    ];
  }
}
