import assert from "node:assert/strict";
import { account, githubRoleArns } from "../configuration/example-stack.ts";
import { type Call, isAllowed, allows as simulated } from "../simulation/simulate.ts";

export type { Call } from "../simulation/simulate.ts";

/** Whether a workflow's role with this policy may make a call. */
export function allows(policy: string, call: Call): Promise<boolean> {
  return simulated(githubRoleArns[0] ?? "", policy, call);
}

/** The claims of a token that AWS makes condition keys of. */
const conditionClaims = new Set([
  ...["aud", "sub", "actor", "actor_id", "enterprise_id", "environment", "job_workflow_ref", "ref"],
  ...["repository", "repository_id", "repository_owner_id", "workflow"],
]);

/** The simulator knows no keys of an issuer; as tags of the request it compares them just so. */
function asRequestTag(claim: string): string {
  return `aws:RequestTag/${claim}`;
}

/** Whether a token opens a role with this trust policy. */
export function opens(trust: string, token: Readonly<Record<string, string>>): Promise<boolean> {
  const issuer = (token["iss"] ?? "").replace("https://", "");
  const claims = Object.entries(token).filter(([claim]) => conditionClaims.has(claim));
  const renamed = trust.replaceAll(/token\.actions\.githubusercontent\.com:(\w+)/g, (_, claim: string) => {
    assert.ok(conditionClaims.has(claim), `AWS has no condition key for ${claim}`);
    return asRequestTag(claim);
  });
  return isAllowed(
    "sts:AssumeRoleWithWebIdentity",
    githubRoleArns[0] as string,
    Object.fromEntries(claims.map(([claim, value]) => [asRequestTag(claim), value])),
    {
      principal: `arn:aws:iam::${account}:oidc-provider/${issuer}`,
      identityPolicies: [],
      resourcePolicy: JSON.parse(renamed),
    },
  );
}
