import assert from "node:assert/strict";
import { runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import type { CallContext, IamCall } from "../../../local/iam/recorded-call.ts";
import { resourcePolicy } from "../../../local/iam/resource-policy.ts";
import { arnParts } from "../../../service-model/arn.ts";

export type Context = CallContext;

/** A call of a role: the action, the resource, and the condition keys that AWS sets. */
export type Call = readonly [action: string, resource: string, context?: Context];

/** Converts a call from the local endpoint's form. */
export function simulatedCall({ action, resource, context = {} }: IamCall): Call {
  return [action, resource, context];
}

/** Whether IAM would allow a call. @throws AssertionError if the action does not support one of the condition keys */
export async function isAllowed(
  action: string,
  resource: string,
  context: Context,
  rest: Pick<Simulation, "identityPolicies" | "resourcePolicy"> & { readonly principal: string },
): Promise<boolean> {
  const { principal, ...policies } = rest;
  // The account that owns the resource can differ from the role's.
  const accountId = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? arnParts(principal).account;
  const result = await runSimulation(
    {
      request: { principal, action, resource: { resource, accountId }, contextVariables: variables(context) },
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

function variables(context: Context): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === "string" ? value : [...value]]),
  );
}

/** Whether a policy lets a role make a call. */
export function allows(principal: string, policy: string, [action, resource, context = {}]: Call): Promise<boolean> {
  const ofResource = resourcePolicy(action, resource, principal);
  return isAllowed(action, resource, context, {
    principal,
    identityPolicies: [{ name: "policy", policy: JSON.parse(policy) }],
    ...(ofResource === undefined ? {} : { resourcePolicy: ofResource }),
  });
}

/** Formats a call as a text. */
export function told([action, resource, context = {}]: Call): string {
  return [action, resource, ...Object.values(context).flat()].join(" ");
}
