import { accountOf } from "../iam/pattern.ts";
import { allowing, demanded, type Statement } from "../iam/policy-document.ts";
import { heldPolicy } from "../iam/policy-holders.ts";
import type { Resource, ResourceRule } from "../rule.ts";

/**
 * The services that take a role on for whoever asks them, and say for whom: without a condition, another customer can
 * have them do it. Scheduler says the group of the schedule, never the schedule.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 */
const deputies: Readonly<Record<string, RegExp>> = {
  "sagemaker.amazonaws.com": /^arn:[^:]*:sagemaker:[^:]*:\d{12}:./,
  "scheduler.amazonaws.com": /^arn:[^:]*:scheduler:[^:]*:\d{12}:schedule-group\/./,
  "events.amazonaws.com": /^arn:[^:]*:events:[^:]*:\d{12}:./,
};

function trusting(resource: Resource): readonly Statement[] {
  return allowing(heldPolicy(resource, "trust"));
}

/** What is missing, for one service, in a statement that trusts it. */
function deputyMistakes(statement: Statement, service: string): readonly string[] {
  const form = deputies[service];
  if (form === undefined) return [];
  const accounts = demanded(statement, "aws:SourceAccount", ["StringEquals"]);
  const arns = demanded(statement, "aws:SourceArn", ["ArnLike", "ArnEquals"]);
  const account = accounts?.length === 1 && /^\d{12}$/.test(accounts[0] ?? "") ? accounts[0] : undefined;
  const isOwn = (arn: string) => form.test(arn) && accountOf(arn) === account;
  const wrong = `${statement.sid} trusts ${service} `;
  return [
    ...(account === undefined ? [`${wrong}for any account; demand one aws:SourceAccount with StringEquals.`] : []),
    ...(arns === undefined ? [`${wrong}for any resource; demand an aws:SourceArn with ArnLike or ArnEquals.`] : []),
    ...(arns ?? [])
      .filter((arn) => account !== undefined && !isOwn(arn))
      .map((arn) => `${wrong}for ${arn}; give an ARN of this service and of account ${account} (${form.source}).`),
  ];
}

const noWildcard: ResourceRule = {
  name: "role-trust-principal",
  description: "A role says who may take it on: no wildcard, and no list of who may not.",
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
  description: "A service takes a role on only for resources of this account.",
  check: (resource) =>
    trusting(resource).flatMap((statement) =>
      statement.principals.filter(({ kind }) => kind === "Service").flatMap(({ id }) => deputyMistakes(statement, id)),
    ),
};

export const roleTrustRules = [noWildcard, noConfusedDeputy];
