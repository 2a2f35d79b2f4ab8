import { ExitError, exitCode } from "../../exit-code.ts";
import type { GitHub } from "../../github/client.ts";
import type { StackOutputs } from "../../stack-outputs.ts";

/**
 * Checks that a stack trusts the repository and the environment that the command line names, because AWS would refuse the
 * workflow's token otherwise.
 *
 * @throws ExitError (2) that says which configuration to set; GitHubError
 */
export async function checkRepository(
  github: GitHub,
  trusted: NonNullable<StackOutputs["github"]>,
  { repo, environment, stack }: { readonly repo: string; readonly environment: string; readonly stack: string },
): Promise<void> {
  const answer = (await github.request("GET", `/repos/${repo}`)) as {
    full_name: string;
    id: number;
    owner: { id: number };
  };
  const { repository, repositoryId, ownerId } = trusted;
  const pairs = [
    ["repository", repository, answer.full_name],
    ["repositoryId", repositoryId, String(answer.id)],
    ["ownerId", ownerId, String(answer.owner.id)],
    ["environment", trusted.environment, environment],
  ] as const;
  const wrong = pairs.find(([, has, needed]) => has !== needed);
  if (wrong === undefined) return;
  const [key, has, needed] = wrong;
  throw new ExitError(
    exitCode.usage,
    `The stack ${stack} trusts github.${key} ${has}, but the command names ${needed}: pulumi config set --stack ${stack} --path github.${key} ${needed}, run pulumi up, and run this again.`,
  );
}
