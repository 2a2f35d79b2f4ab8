import { z } from "zod";
import type { GitHub } from "./client.ts";
import { marked, staleText } from "./comment-marker.ts";
import { commentCharacters } from "./keep-comment.ts";
import { ownComments } from "./own-comments.ts";

const pullSchema = z.object({ number: z.number() });

/**
 * Marks the comments of all open pull requests as stale that compare with another commit than the branch's newest one. Leaves
 * out a comment that somebody edited.
 *
 * @param commit the newest commit of the branch
 * @returns the numbers of the pull requests whose comment changed
 */
export async function markStale(
  github: GitHub,
  repository: string,
  branch: string,
  commit: string,
): Promise<readonly number[]> {
  const query = `state=open&base=${encodeURIComponent(branch)}`;
  const pulls = z.array(pullSchema).parse(await github.list(`/repos/${repository}/pulls?${query}`));
  const changed: number[] = [];
  for (const { number } of pulls)
    for (const { id, origin, text, edited } of await ownComments(github, repository, number)) {
      if (origin.base === commit || edited) continue;
      const body = marked(staleText(text, origin.base, branch, commit), origin);
      if (body.length > commentCharacters) continue;
      await github.request("PATCH", `/repos/${repository}/issues/comments/${id}`, { body });
      changed.push(number);
    }
  return changed;
}
