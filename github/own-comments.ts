import { z } from "zod";
import type { GitHub } from "./client.ts";
import { type MarkedComment, readMarked } from "./comment-marker.ts";

/** The author of all comments that workflows write with their own token. */
const author = "github-actions[bot]";

const commentSchema = z.object({
  id: z.number(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullish(),
});

export interface OwnComment extends MarkedComment {
  readonly id: number;
}

/** Lists our comments on a pull request, oldest first, by their marker and their author: anyone can write the marker. */
export async function ownComments(
  github: GitHub,
  repository: string,
  pullRequest: number,
): Promise<readonly OwnComment[]> {
  const all = z.array(commentSchema).parse(await github.list(`/repos/${repository}/issues/${pullRequest}/comments`));
  return all
    .filter(({ user }) => user?.login === author)
    .flatMap(({ id, body }) => {
      const read = readMarked(body ?? "");
      return read === undefined ? [] : [{ id, ...read }];
    })
    .sort((one, two) => one.id - two.id);
}
