import { UnknownValueError } from "@pulumi/policy";
import { accountOf, actionMatches } from "../iam/pattern.ts";
import { allowing, type Statement } from "../iam/policy-document.ts";
import { definitionOf, pipelineType } from "./pipeline-definition.ts";
import { heldPolicy } from "./policy-holders.ts";
import type { Resource, StackRule } from "./rule.ts";

/** Keys of a condition that say whose a request is. */
const callers: ReadonlySet<string> = new Set([
  ...["aws:sourceaccount", "aws:sourceowner", "aws:principalaccount", "kms:calleraccount"],
]);

/** The accounts of whom a role trusts or a resource lets in, and for whom a service may take it on or use it. */
function trusted({ principals, conditions }: Statement): readonly string[] {
  return [
    ...principals.filter(({ kind }) => kind !== "Service").map(({ id }) => id),
    ...conditions.filter(({ key }) => callers.has(key)).flatMap(({ values }) => values),
  ];
}

/** The roles that may be passed on. */
function passed({ actions, resources }: Statement): readonly string[] {
  return actions.some((action) => actionMatches(action, "iam:PassRole")) ? resources : [];
}

/** Every value of a key, however deep. */
function valuesOf(key: string, value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : valuesOf(key, inner)));
}

/** The roles and accounts that a resource names, as ARNs or numbers. */
function named(resource: Resource, resources: readonly Resource[]): readonly unknown[] {
  const { type, props } = resource;
  switch (type) {
    case pipelineType:
      return [props["roleArn"], ...valuesOf("RoleArn", definitionOf(resource, resources))];
    case "aws:scheduler/schedule:Schedule":
      return [(props["target"] as { roleArn?: unknown } | undefined)?.roleArn];
    case "aws:cloudwatch/eventTarget:EventTarget":
      return [props["roleArn"]];
    default:
      return [
        ...allowing(heldPolicy(resource, "trust")).flatMap(trusted),
        ...allowing(heldPolicy(resource, "resource")).flatMap(trusted),
        ...allowing(heldPolicy(resource, "permissions")).flatMap(passed),
      ];
  }
}

/** The accounts that a resource names; none where a preview does not know the names yet. */
function accountsOf(resource: Resource, resources: readonly Resource[]): readonly string[] {
  try {
    const accounts = named(resource, resources).map((name) =>
      /^\d{12}$/.test(String(name)) ? String(name) : accountOf(String(name)),
    );
    return [...new Set(accounts.filter((account) => account !== undefined))];
  } catch (error) {
    if (error instanceof UnknownValueError) return [];
    throw error;
  }
}

/** The account that most resources name, of equals the first. */
function mostNamed(accounts: readonly string[]): string | undefined {
  const count = (of: string) => accounts.filter((account) => account === of).length;
  return accounts.toSorted((left, right) => count(right) - count(left))[0];
}

/** A stack is one account's: the one that its configuration pins, else the one that most of its resources name. */
const oneAccount: StackRule = {
  name: "stack-in-one-account",
  description: "A stack's roles, whom they trust, and whom its resources let in, are of one account.",
  checkStack: (resources, facts) => {
    const naming = resources.map((resource) => ({ resource, accounts: accountsOf(resource, resources) }));
    const own = facts.account ?? mostNamed(naming.flatMap(({ accounts }) => accounts));
    return naming.flatMap(({ resource, accounts }) =>
      accounts
        .filter((account) => account !== own)
        .map((account) => ({ resource, message: `It names account ${account}; the stack is of account ${own}.` })),
    );
  },
};

export const accountRules = [oneAccount];
