import { z } from "zod";
import type { GitHub } from "./client.ts";

/**
 * Tells whether a pull request is closed or merged.
 * Source: https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request
 *
 * @throws GitHubError
 */
export async function isClosed(github: GitHub, repository: string, number: number): Promise<boolean> {
  const answer = await github.request("GET", `/repos/${repository}/pulls/${number}`);
  return z.object({ state: z.enum(["open", "closed"]) }).parse(answer).state === "closed";
}
