import { accountOf } from "../iam/pattern.ts";
import { allowing, demanded, type Statement } from "../iam/policy-document.ts";
import { heldPolicy } from "../iam/policy-holders.ts";
import type { ResourceRule } from "../rule.ts";

/** Conditions that leave of everybody those of an account, an organisation, a network or a resource. */
const narrowing = [
  ...["aws:SourceAccount", "aws:SourceArn", "aws:SourceOwner", "aws:SourceVpc", "aws:SourceVpce"],
  ...["aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "kms:CallerAccount"],
];
const operators = ["StringEquals", "StringLike", "ArnEquals", "ArnLike"];

function isNarrowed(statement: Statement): boolean {
  return narrowing.some((key) => {
    const values = demanded(statement, key, operators);
    return values !== undefined && !values.some((value) => value.startsWith("*"));
  });
}

const notPublic: ResourceRule = {
  name: "resource-policy-not-public",
  description: "No policy lets everybody use a resource.",
  check: (resource) =>
    allowing(heldPolicy(resource, "resource"))
      .filter(
        ({ principals, inverted }) => principals.some(({ id }) => id === "*") || inverted.includes("NotPrincipal"),
      )
      .filter((statement) => !isNarrowed(statement))
      .map(({ sid }) => `${sid} lets everybody in; name who is meant, or demand aws:SourceAccount.`),
};

function saysForWhom(statement: Statement): boolean {
  const accounts = demanded(statement, "aws:SourceAccount", ["StringEquals"]);
  const arns = demanded(statement, "aws:SourceArn", operators);
  return (
    accounts?.every((account) => /^\d{12}$/.test(account)) === true ||
    arns?.every((arn) => accountOf(arn) !== undefined) === true
  );
}

/**
 * A service may use a bucket, a topic or a queue only for resources of an account that is named. Policies of keys are left
 * out: EventBridge does not say for whom when it uses a topic's key.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
const noConfusedDeputy: ResourceRule = {
  name: "resource-policy-confused-deputy",
  description: "A service may use a bucket, a topic or a queue only for an account that is named.",
  check: (resource) =>
    /^aws:(s3|sns|sqs)\//.test(resource.type)
      ? allowing(heldPolicy(resource, "resource"))
          .filter((statement) => !saysForWhom(statement))
          .flatMap(({ sid, principals }) =>
            principals
              .filter(({ kind }) => kind === "Service")
              .map(({ id }) => `${sid} lets ${id} in for any account; demand aws:SourceAccount or aws:SourceArn.`),
          )
      : [],
};

export const resourcePolicyRules = [notPublic, noConfusedDeputy];
