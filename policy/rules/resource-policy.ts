import { accountOf } from "../iam/pattern.ts";
import { allowing, demanded, denying, type Statement } from "../iam/policy-document.ts";
import { heldPolicy } from "./policy-holders.ts";
import type { ResourceRule } from "./rule.ts";

/** Condition keys that limit a `*` principal to an account, an organisation, a network or a resource. */
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
      .map(({ sid }) => `${sid} lets everybody in; name the principals, or demand aws:SourceAccount.`),
};

function saysForWhom(statement: Statement): boolean {
  const accounts = demanded(statement, "aws:SourceAccount", ["StringEquals"]);
  const arns = demanded(statement, "aws:SourceArn", operators);
  return (
    accounts?.every((account) => /^\d{12}$/.test(account)) === true ||
    arns?.every((arn) => accountOf(arn) !== undefined) === true
  );
}

/** Tells whether a policy denies a service all requests in which it names another account as `aws:SourceAccount`. */
function deniesOthers(document: unknown, service: string): boolean {
  return denying(document).some((statement) => {
    const present = demanded(statement, "aws:SourceAccount", ["Null"]);
    const others = demanded(statement, "aws:SourceAccount", ["StringNotEquals"]);
    const covers = statement.principals.some(({ id }) => id === service || id === "*");
    return (
      covers && present?.includes("false") === true && others?.every((account) => /^\d{12}$/.test(account)) === true
    );
  });
}

/** Returns one line for each mistake in a statement that lets EventBridge publish to a topic. */
function topicOfEvents({ sid, conditions }: Statement, policy: unknown): readonly string[] {
  const keys = conditions.map(({ key }) => key).filter((key) => /^aws:source(account|arn|owner)$/.test(key));
  return [
    ...(keys.length === 0
      ? []
      : [
          `${sid} demands ${keys.join(" and ")}, which EventBridge does not send to a topic, so no event would arrive; leave the condition out.`,
        ]),
    ...(deniesOthers(policy, "events.amazonaws.com")
      ? []
      : [
          `${sid} lets events.amazonaws.com in for any account; add a Deny statement for requests that have aws:SourceAccount (Null: false) of another account (StringNotEquals).`,
        ]),
  ];
}

/**
 * Requires that a service uses a bucket, a topic or a queue only for a named account. EventBridge sends no account when it
 * publishes to a topic, so a condition in the Allow statement would block it; such a topic needs a separate Deny statement.
 * KMS key policies are not checked, because EventBridge sends no account there either.
 * Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions and
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
const noConfusedDeputy: ResourceRule = {
  name: "resource-policy-confused-deputy",
  description: "A service may use a bucket, a topic or a queue only for a named account.",
  check: (resource) => {
    if (!/^aws:(s3|sns|sqs)\//.test(resource.type)) return [];
    const policy = heldPolicy(resource, "resource");
    const isTopic = resource.type.startsWith("aws:sns/");
    return allowing(policy).flatMap((statement) =>
      statement.principals
        .filter(({ kind }) => kind === "Service")
        .flatMap(({ id }) => {
          if (isTopic && id === "events.amazonaws.com") return topicOfEvents(statement, policy);
          return saysForWhom(statement)
            ? []
            : `${statement.sid} lets ${id} in for any account; demand aws:SourceAccount or aws:SourceArn.`;
        }),
    );
  },
};

export const resourcePolicyRules = [notPublic, noConfusedDeputy];
