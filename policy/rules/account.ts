import { UnknownValueError } from "@pulumi/policy";
import { accountOf, actionMatches } from "../iam/pattern.ts";
import { allowing, type Statement } from "../iam/policy-document.ts";
import { definitionOf, pipelineType } from "./pipeline-definition.ts";
import { heldPolicy } from "./policy-holders.ts";
import type { Resource, StackRule } from "./rule.ts";

/** Condition keys that contain the account of a request. */
const callers: ReadonlySet<string> = new Set([
  ...["aws:sourceaccount", "aws:sourceowner", "aws:principalaccount", "kms:calleraccount"],
]);

/** Returns the principals that a statement trusts, and the accounts for which a service may use the role or the resource. */
function trusted({ principals, conditions }: Statement): readonly string[] {
  return [
    ...principals.filter(({ kind }) => kind !== "Service").map(({ id }) => id),
    ...conditions.filter(({ key }) => callers.has(key)).flatMap(({ values }) => values),
  ];
}

/** Returns the roles that a statement allows to pass. */
function passed({ actions, resources }: Statement): readonly string[] {
  return actions.some((action) => actionMatches(action, "iam:PassRole")) ? resources : [];
}

/** Returns every value of a key, at any depth. */
function valuesOf(key: string, value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : valuesOf(key, inner)));
}

/** Returns the roles and accounts that a resource names, as ARNs or account numbers. */
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

/** Returns the accounts that a resource names; none if a preview does not know the values yet. */
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

/** Returns the account that most resources name, or the first of several with the same count. */
function mostNamed(accounts: readonly string[]): string | undefined {
  const count = (of: string) => accounts.filter((account) => account === of).length;
  return accounts.toSorted((left, right) => count(right) - count(left))[0];
}

/** Rejects resources that name another account than the configured one, or than the one that most resources name. */
const oneAccount: StackRule = {
  name: "stack-in-one-account",
  description:
    "A stack's roles, the accounts that they trust and the accounts that may use its resources are all one account.",
  checkStack: (resources, facts) => {
    const naming = resources.map((resource) => ({ resource, accounts: accountsOf(resource, resources) }));
    const own = facts.account ?? mostNamed(naming.flatMap(({ accounts }) => accounts));
    return naming.flatMap(({ resource, accounts }) =>
      accounts
        .filter((account) => account !== own)
        .map((account) => ({
          resource,
          message: `It names account ${account}, but the stack belongs to account ${own}.`,
        })),
    );
  },
};

export const accountRules = [oneAccount];
