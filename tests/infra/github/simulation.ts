import assert from "node:assert/strict";
import { account, githubRoleArns } from "../configuration/example-stack.ts";
import { type Call, isAllowed, allows as simulated } from "../simulation/simulate.ts";

export type { Call } from "../simulation/simulate.ts";

/** Whether a policy lets a workflow's role make a call. */
export function allows(policy: string, call: Call): Promise<boolean> {
  return simulated(githubRoleArns[0] ?? "", policy, call);
}

/** The claims of a token that AWS turns into condition keys. */
const conditionClaims = new Set([
  ...["aud", "sub", "actor", "actor_id", "enterprise_id", "environment", "job_workflow_ref", "ref"],
  ...["repository", "repository_id", "repository_owner_id", "workflow"],
]);

/** Renames a token's condition keys to request tags, because the simulator does not support an issuer's keys. */
function asRequestTag(claim: string): string {
  return `aws:RequestTag/${claim}`;
}

/** Whether a trust policy lets a token assume the role. */
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
