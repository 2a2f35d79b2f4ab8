import assert from "node:assert/strict";
import { runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";

export type Context = Readonly<Record<string, string>>;

/** A call that a role makes: the action, what it is about, and what AWS tells conditions of it. */
export type Call = readonly [action: string, resource: string, context?: Context];

/** Whether IAM would allow a call. @throws AssertionError if a condition key is none of the action's */
export async function isAllowed(
  action: string,
  resource: string,
  context: Context,
  rest: Pick<Simulation, "identityPolicies" | "resourcePolicy"> & { readonly principal: string },
): Promise<boolean> {
  const { principal, ...policies } = rest;
  // The owner of what is called, which another account may be.
  const accountId = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? accountOf(principal);
  const result = await runSimulation(
    {
      request: { principal, action, resource: { resource, accountId }, contextVariables: { ...context } },
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

function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

/** A key's policy as KMS makes it: the account's own policies decide. Without it they do not. */
function keyPolicy(account: string) {
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" }] };
}

/**
 * A resource of another account as its owner shares it with everybody: so that the role's own policy decides. Without it
 * every call to another account would be denied, whatever the role's policy says.
 */
function sharedPolicy(service: string) {
  // A repository's policy names no resource: it is the repository's own.
  const of = service === "ecr" ? {} : { Resource: "*" };
  const statement = { Effect: "Allow", Principal: "*", Action: `${service}:*`, ...of };
  return { Version: "2012-10-17", Statement: [statement] };
}

function resourcePolicy(action: string, resource: string, principal: string): object | undefined {
  const [service = ""] = action.split(":");
  if (service === "kms") return keyPolicy(accountOf(principal));
  // In its own account that policy would allow it alone. Buckets' ARNs name no account.
  const owner = accountOf(resource);
  return owner === "" || owner === accountOf(principal) ? undefined : sharedPolicy(service);
}

/** Whether a role with this policy may make a call. */
export function allows(principal: string, policy: string, [action, resource, context = {}]: Call): Promise<boolean> {
  const ofResource = resourcePolicy(action, resource, principal);
  return isAllowed(action, resource, context, {
    principal,
    identityPolicies: [{ name: "policy", policy: JSON.parse(policy) }],
    ...(ofResource === undefined ? {} : { resourcePolicy: ofResource }),
  });
}

/** A call in words. */
export function told([action, resource, context = {}]: Call): string {
  return [action, resource, ...Object.values(context)].join(" ");
}
