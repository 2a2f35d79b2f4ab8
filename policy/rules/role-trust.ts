import { allowing, demanded, type Statement } from "../iam/policy-document.ts";
import { heldPolicy } from "./policy-holders.ts";
import type { Resource, ResourceRule } from "./rule.ts";

/**
 * The services that assume a role on behalf of a resource, with the beginning of that resource in `aws:SourceArn`. Without a
 * condition on it, another customer could make the service assume the role. Scheduler sends the schedule's group, never the
 * schedule.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 */
const deputies = { sagemaker: "", scheduler: "schedule-group/", events: "" };

function trusting(resource: Resource): readonly Statement[] {
  return allowing(heldPolicy(resource, "trust"));
}

/** Returns one line for each condition that is missing in a statement that trusts a service. */
function deputyMistakes(statement: Statement, service: string, begin: string): readonly string[] {
  const accounts = demanded(statement, "aws:SourceAccount", ["StringEquals"]);
  const arns = demanded(statement, "aws:SourceArn", ["ArnLike", "ArnEquals"]);
  const wrong = `${statement.sid} trusts ${service} for`;
  if (accounts?.length !== 1 || !/^\d{12}$/.test(accounts[0] ?? ""))
    return [`${wrong} any account; demand one aws:SourceAccount with StringEquals.`];
  if (arns === undefined) return [`${wrong} any resource; demand an aws:SourceArn with ArnLike or ArnEquals.`];
  const own = new RegExp(`^arn:[^:]+:${service}:[^:]+:${accounts[0]}:${begin}.`);
  return arns
    .filter((arn) => !own.test(arn))
    .map((arn) => `${wrong} ${arn}; give arn:PARTITION:${service}:REGION:${accounts[0]}:${begin}...`);
}

const noWildcard: ResourceRule = {
  name: "role-trust-principal",
  description: "A role names who may assume it: no wildcard and no `NotPrincipal`.",
  check: (resource) =>
    trusting(resource).flatMap(({ sid, principals, inverted }) => [
      ...principals
        .filter(({ id }) => id.includes("*"))
        .map(({ kind, id }) => `${sid} trusts ${kind} ${id}; name the service, the role or the provider.`),
      ...inverted.map((key) => `${sid} trusts everyone but a list (${key}); name who is trusted.`),
    ]),
};

const noConfusedDeputy: ResourceRule = {
  name: "role-trust-confused-deputy",
  description: "A service may assume a role only for resources of this account.",
  check: (resource) =>
    trusting(resource).flatMap((statement) =>
      Object.entries(deputies)
        .filter(([service]) => statement.principals.some(({ id }) => id === `${service}.amazonaws.com`))
        .flatMap(([service, begin]) => deputyMistakes(statement, service, begin)),
    ),
};

/** Rejects whole accounts (`arn:aws:iam::<account>:root`, or only the number), which let in everybody whose policy allows it. */
const noWholeAccount: ResourceRule = {
  name: "role-trust-no-account",
  description: "A role trusts roles, services and providers, never a whole account.",
  check: (resource) =>
    trusting(resource).flatMap(({ sid, principals }) =>
      principals
        .filter(({ kind, id }) => kind === "AWS" && /^(arn:[^:]+:iam::)?\d{12}(:root)?$/.test(id))
        .map(({ id }) => `${sid} trusts a whole account (${id}); name the role that assumes this one.`),
    ),
};

export const roleTrustRules = [noWildcard, noWholeAccount, noConfusedDeputy];
