import assert from "node:assert/strict";
import { runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import { account, githubRoleArns } from "./example-stack.ts";

type Context = Readonly<Record<string, string>>;

async function isAllowed(
  action: string,
  resource: string,
  context: Context,
  rest: Pick<Simulation, "identityPolicies" | "resourcePolicy"> & { principal: string },
): Promise<boolean> {
  const { principal, ...policies } = rest;
  const result = await runSimulation(
    {
      request: { principal, action, resource: { resource, accountId: account }, contextVariables: { ...context } },
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...policies,
    },
    {},
  );
  if (result.resultType === "error")
    throw new Error(`${action} on ${resource} cannot be simulated: ${JSON.stringify(result.errors)}`);
  const ignored = result.resultType === "single" ? (result.result.ignoredContextKeys ?? []) : [];
  assert.deepEqual(ignored, [], `${action} has no such condition keys`);
  return result.overallResult === "Allowed";
}

/** A call that a role makes: the action, what it is about, and what AWS tells conditions of it. */
export type Call = readonly [action: string, resource: string, context?: Context];

/** A key's policy as KMS makes it: the account's own policies decide. Without it they do not. */
const keyPolicy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" }],
};

/** Whether a role with this policy may make a call. */
export function allows(policy: string, [action, resource, context = {}]: Call): Promise<boolean> {
  const [principal = ""] = githubRoleArns;
  return isAllowed(action, resource, context, {
    principal,
    identityPolicies: [{ name: "github", policy: JSON.parse(policy) }],
    ...(action.startsWith("kms:") ? { resourcePolicy: keyPolicy } : {}),
  });
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
export function opens(trust: string, token: Context): Promise<boolean> {
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
