import { randomUUID } from "node:crypto";
import { arnParts } from "../../service-model/arn.ts";
import { defined } from "../../service-model/defined.ts";
import { AwsError } from "../wire/aws-error.ts";
import { escaped } from "../wire/xml.ts";
import type { RolePolicies, RolePolicyReader } from "./role-policies.ts";
import type { Denial, Question, Simulate } from "./simulator.ts";

export interface PolicySimulation {
  readonly roles: Pick<RolePolicyReader, "read">;
  /** Returns the simulator, or undefined if it is not installed. */
  readonly simulator: () => Promise<Simulate | undefined>;
}

/** Reads a list of the query protocol: `ActionNames.member.1=...`. */
function listed(form: URLSearchParams, name: string): readonly string[] {
  const of = (key: string) => Number(key.slice(name.length + ".member.".length));
  const keys = [...form.keys()].filter((key) => new RegExp(`^${name}\\.member\\.\\d+$`).test(key));
  return keys.sort((a, b) => of(a) - of(b)).map((key) => form.get(key) ?? "");
}

/** Reads the request's condition keys: `ContextEntries.member.1.ContextKeyName`, `....ContextKeyValues.member.1`. */
function context(form: URLSearchParams): Record<string, string[]> {
  const names = [...form.entries()].filter(([key]) => /^ContextEntries\.member\.\d+\.ContextKeyName$/.test(key));
  const valuesOf = (key: string) => listed(form, key.replace(/ContextKeyName$/, "ContextKeyValues"));
  return Object.fromEntries(names.map(([key, name]) => [name, [...valuesOf(key)]]));
}

function question(role: RolePolicies, action: string, resource: string, given: Record<string, string[]>): Question {
  const account = arnParts(role.arn).account;
  return {
    request: {
      principal: role.arn,
      action,
      resource: { resource, accountId: arnParts(resource).account || account },
      contextVariables: given,
    },
    identityPolicies: [...role.identity],
    ...defined({ permissionBoundaryPolicies: role.boundary && [role.boundary] }),
  };
}

function decision(denial: Denial | undefined): string {
  if (denial === undefined) return "allowed";
  return denial.explicit ? "explicitDeny" : "implicitDeny";
}

/** Returns the result for one action and resource as XML. @throws AwsError `InvalidInput` for an unknown action */
async function evaluated(simulate: Simulate, asked: Question): Promise<string> {
  const { action, resource } = asked.request;
  try {
    const EvalDecision = decision(await simulate(asked));
    const told = { EvalActionName: action, EvalResourceName: resource.resource, EvalDecision };
    const members = Object.entries(told).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
    return `<member>${members.join("")}<MatchedStatements/><MissingContextValues/></member>`;
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    throw new AwsError("InvalidInput", `${action} on ${resource.resource} cannot be simulated: ${why}`);
  }
}

/**
 * Returns the implementation of IAM's SimulatePrincipalPolicy for roles, because moto does not have this operation.
 * Version 3 of the SageMaker Python SDK uses it to check a pipeline's role. Without `ResourceArns` the resource is `*`.
 * The answer is always one page.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 *
 * @throws AwsError `NoSuchEntity`, `InvalidInput`; `AccessDenied` if the simulator is not installed, because clients
 * then
 *   continue without the check
 */
export function simulatePrincipalPolicy({ roles, simulator }: PolicySimulation) {
  return async (form: URLSearchParams): Promise<string> => {
    const arn = form.get("PolicySourceArn") ?? "";
    const simulate = await simulator();
    if (simulate === undefined)
      throw new AwsError("AccessDenied", "Policies cannot be simulated: @cloud-copilot/iam-simulate is missing.", 403);
    const role = await roles.read(arn);
    if (role === undefined) throw new AwsError("NoSuchEntity", `The role ${arn} cannot be found.`, 404);
    const resources = listed(form, "ResourceArns");
    const given = context(form);
    const asked = listed(form, "ActionNames").flatMap((action) =>
      (resources.length === 0 ? ["*"] : resources).map((resource) => question(role, action, resource, given)),
    );
    const results = await Promise.all(asked.map((each) => evaluated(simulate, each)));
    const result = `<IsTruncated>false</IsTruncated><EvaluationResults>${results.join("")}</EvaluationResults>`;
    return `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult>${result}</SimulatePrincipalPolicyResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></SimulatePrincipalPolicyResponse>`;
  };
}
