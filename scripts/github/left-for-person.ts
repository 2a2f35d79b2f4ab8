import type { GitHub } from "../../github/client.ts";
import type { Environment } from "../../github/environment.ts";
import { ifFound } from "../../github/github-error.ts";

/** An environment beside the deploying one, with its rules. */
export interface RuledEnvironment {
  readonly name: string;
  readonly environment: Environment;
  /** Whether a person must approve its jobs; otherwise nobody does. */
  readonly reviewed: boolean;
}

interface Kept {
  readonly name: string;
  readonly environment: Environment;
  readonly missingSecrets: readonly string[];
  readonly beside: readonly RuledEnvironment[];
}

/** Tells whether the jobs of an environment wait for a person, as they must. */
export function isReviewed({ reviewed, environment }: RuledEnvironment): boolean {
  return reviewed && environment.reviewers > 0;
}

/** Says what is missing in an environment beside the deploying one. */
function besideLines(beside: RuledEnvironment, branch: string): readonly string[] {
  const { name, environment, reviewed } = beside;
  if (reviewed)
    return isReviewed(beside)
      ? []
      : [
          `Require a reviewer before the environment ${name} deploys, and run this again: it runs code that nobody has merged, so its workflow waits for that.`,
        ];
  const branches = branchLine(environment, branch);
  return [
    ...(branches === undefined ? [] : [`In the environment ${name}: ${branches}`]),
    ...(environment.reviewers === 0
      ? []
      : [`Remove the reviewers of the environment ${name}, because its jobs start by themselves.`]),
  ];
}

/** Tells whether a branch is protected; undefined if the branch does not exist yet. */
async function isProtected(github: GitHub, repository: string, branch: string): Promise<boolean | undefined> {
  const path = `/repos/${repository}/branches/${encodeURIComponent(branch)}`;
  const answer = (await ifFound(github.request("GET", path))) as { protected: boolean } | undefined;
  return answer?.protected;
}

function branchLine({ branches }: Environment, branch: string): string | undefined {
  if (branches === undefined) return `Let only the branch ${branch} deploy. Now every branch may.`;
  if (branches === "protected" || (branches.length === 1 && branches[0] === branch)) return undefined;
  return `Let only the branch ${branch} deploy. Now these may: ${branches.join(", ") || "none"}.`;
}

/** Says what a person has to do in GitHub's settings, and what is done already. The command does not change these rules. */
export async function leftForPerson(
  github: GitHub,
  { repository, branch }: { readonly repository: string; readonly branch: string },
  { name, environment, missingSecrets, beside }: Kept,
): Promise<readonly string[]> {
  const branches = branchLine(environment, branch);
  const guarded = await isProtected(github, repository, branch);
  const open = [
    ...(branches === undefined ? [] : [branches]),
    ...(environment.reviewers > 0
      ? []
      : [
          `Require a reviewer before the environment ${name} deploys, if your plan offers it (a private repository needs Enterprise).`,
        ]),
    ...beside.flatMap((one) => besideLines(one, branch)),
    ...(guarded === true ? [] : [`Protect the branch ${branch}, so that it takes only reviewed pull requests.`]),
    ...missingSecrets.map(
      (secret) =>
        `Set ${secret} and run this again, unless a KMS key encrypts the stack's secrets (pulumi stack init --secrets-provider awskms://...).`,
    ),
  ];
  const page = `https://github.com/${repository}/settings/environments`;
  if (open.length === 0) return [`The branch ${branch} is protected, and the environment ${name} has its rules.`];
  return [`Left for you (${page}):`, ...open.map((line) => `  - ${line}`)];
}
