import { z } from "zod";
import { ExitError, exitCode } from "../exit-code.ts";
import type { GitHub } from "./client.ts";
import { type CommentOrigin, isNewer, marked, staleText } from "./comment-marker.ts";
import { type OwnComment, ownComments } from "./own-comments.ts";

/** The most characters of a comment. GitHub answers 422 to a longer one. */
export const commentCharacters = 65_536;

const pullRequestSchema = z.object({
  head: z.object({ sha: z.string() }),
  base: z.object({ ref: z.string(), sha: z.string() }),
});

const branchSchema = z.object({ commit: z.object({ sha: z.string() }) });

export interface KeptComment {
  readonly repository: string;
  readonly pullRequest: number;
  readonly text: string;
  readonly origin: CommentOrigin;
}

const editedNote =
  "\n\n_Somebody edited this comment before this update; the comment's history of edits keeps their text._\n";

/** How often another run may write at the same time before we give up. */
const attempts = 3;

/** Writes the oldest comment, and deletes the others, which runs at the same time created. */
async function write(github: GitHub, kept: KeptComment, earlier: readonly OwnComment[]): Promise<void> {
  const { repository, pullRequest, origin } = kept;
  const [first, ...others] = earlier;
  const text = first?.edited === true ? kept.text + editedNote : kept.text;
  const body = marked(text, origin);
  const comments = `/repos/${repository}/issues`;
  if (first === undefined) await github.request("POST", `${comments}/${pullRequest}/comments`, { body });
  else await github.request("PATCH", `${comments}/comments/${first.id}`, { body });
  for (const { id } of others) await github.request("DELETE", `${comments}/comments/${id}`);
}

/** Returns the text, below a note if the base branch has moved since the run began. */
async function currentText(github: GitHub, kept: KeptComment): Promise<string | undefined> {
  const { repository, pullRequest, origin, text } = kept;
  const answer = await github.request("GET", `/repos/${repository}/pulls/${pullRequest}`);
  const { head, base } = pullRequestSchema.parse(answer);
  if (head.sha !== origin.commit) return undefined;
  // The pull request's own base.sha can be older than the branch.
  const branch = await github.request("GET", `/repos/${repository}/branches/${encodeURIComponent(base.ref)}`);
  const { sha } = branchSchema.parse(branch).commit;
  return sha === origin.base ? text : staleText(text, origin.base, base.ref, sha);
}

/**
 * Keeps one comment on a pull request: creates it, or updates it in place. An older run never overwrites a newer one's, which is
 * checked again after the write, because another run may write at the same time.
 *
 * @returns what it did, in words
 * @throws ExitError (2) if the text is too long, (6) if GitHub refuses or other runs keep writing
 */
export async function keepComment(github: GitHub, kept: KeptComment): Promise<string> {
  const { repository, pullRequest, origin } = kept;
  const text = await currentText(github, kept);
  if (text === undefined) return `Wrote no comment: the pull request has a newer commit than ${origin.commit}.`;
  const { length } = marked(text + editedNote, origin);
  if (length > commentCharacters)
    throw new ExitError(
      exitCode.usage,
      `The comment has ${length} characters, and GitHub takes at most ${commentCharacters}; give a shorter file.`,
    );
  for (let attempt = 0; attempt < attempts; attempt++) {
    const earlier = await ownComments(github, repository, pullRequest);
    if (earlier.some((comment) => isNewer(comment.origin, origin)))
      return `Wrote no comment: a newer run than ${origin.run}.${origin.attempt} has written it.`;
    await write(github, { ...kept, text }, earlier);
    const [first, ...others] = await ownComments(github, repository, pullRequest);
    const isOurs = first !== undefined && !isNewer(origin, first.origin) && !isNewer(first.origin, origin);
    if (isOurs && others.length === 0) return `Wrote the comment ${first.id} on pull request ${pullRequest}.`;
  }
  throw new ExitError(exitCode.aws, `Other runs keep writing comments on pull request ${pullRequest}; run it again.`);
}
