import { z } from "zod";
import type { GitHub } from "./client.ts";

/** The author of all issues that workflows write with their own token. */
const author = "github-actions[bot]";

const issuesSchema = z.array(
  z.object({
    number: z.number(),
    body: z.string().nullish(),
    user: z.object({ login: z.string() }).nullish(),
    /** Present if it is a pull request, which the API lists as an issue, too. */
    pull_request: z.unknown().optional(),
  }),
);

export interface KeptIssue {
  readonly repository: string;
  /** Tells this issue from others of the workflows; without a line break or `-->`. */
  readonly key: string;
  readonly title: string;
  /** The text, or undefined if there is no reason for an issue. */
  readonly text: string | undefined;
  /** The comment with which the issue is closed. */
  readonly farewell: string;
}

/**
 * Lists the numbers of our open issues with a key, oldest first, by their first line and their author: anyone can write the line.
 * Source: https://docs.github.com/en/rest/issues/issues#list-repository-issues
 */
async function ownIssues(github: GitHub, repository: string, line: string): Promise<readonly number[]> {
  const all = issuesSchema.parse(await github.list(`/repos/${repository}/issues?state=open`));
  return all
    .filter(
      ({ user, body, pull_request }) =>
        pull_request === undefined && user?.login === author && body?.split(/\r?\n/)[0] === line,
    )
    .map(({ number }) => number)
    .sort((one, two) => one - two);
}

/**
 * Keeps one open issue while there is a text for it: opens it, updates it in place, or closes it. Closes further ones, which a run
 * at the same time opened.
 *
 * @returns what it did, in words
 * @throws GitHubError
 */
export async function keepIssue(github: GitHub, kept: KeptIssue): Promise<string> {
  const { repository, key, title, text, farewell } = kept;
  const line = `<!-- kept-issue ${key} -->`;
  const issues = `/repos/${repository}/issues`;
  const close = async (number: number, comment: string) => {
    await github.request("POST", `${issues}/${number}/comments`, { body: comment });
    await github.request("PATCH", `${issues}/${number}`, { state: "closed", state_reason: "completed" });
  };
  const open = await ownIssues(github, repository, line);
  if (text === undefined) {
    for (const number of open) await close(number, farewell);
    return open.length === 0
      ? "No issue is open, and none is needed."
      : `Closed ${open.map((number) => `#${number}`).join(", ")}.`;
  }
  const body = `${line}\n${text}`;
  const [first, ...others] = open;
  for (const number of others) await close(number, `#${first} is about the same.`);
  if (first !== undefined) {
    await github.request("PATCH", `${issues}/${first}`, { title, body });
    return `Updated #${first}.`;
  }
  const opened = z.object({ number: z.number() }).parse(await github.request("POST", issues, { title, body }));
  return `Opened #${opened.number}.`;
}
