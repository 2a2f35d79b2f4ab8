import type { Resource } from "../../../policy/rules/rule.ts";
import { given, type Mistake, type StackChange, statements } from "./mistake.ts";

type Condition = Record<string, Record<string, unknown>>;

const isGithubRole = ({ type, props }: Resource) =>
  type === "aws:iam/role:Role" && String(props["assumeRolePolicy"]).includes("oidc-provider/token.actions");
const key = (claim: string) => `token.actions.githubusercontent.com:${claim}`;

const condition = (change: (condition: Condition) => Condition): StackChange =>
  statements(isGithubRole, "assumeRolePolicy", (all) =>
    all.map((statement) => ({ ...statement, Condition: change(statement["Condition"] as Condition) })),
  );

/** Removes a claim from a condition, under all operators. */
const dropped = (all: Condition, claim: string): Condition =>
  Object.fromEntries(
    Object.entries(all).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).filter(([name]) => name !== key(claim))),
    ]),
  );

const no = (claim: string) => condition((all) => dropped(all, claim));

/** Replaces the requirement of a claim in the condition. */
const demand = (claim: string, operator: string, value: unknown) =>
  condition((all) => {
    const rest = dropped(all, claim);
    return { ...rest, [operator]: { ...rest[operator], [key(claim)]: value } };
  });

const file = "octo-org/octo-repo/.github/workflows/train.yml@refs/heads/main";

const table: readonly (readonly [string, string, StackChange, RegExp])[] = [
  ["github-trust-audience", "for any audience", no("aud"), /any aud; demand sts\.amazonaws\.com/],
  [
    "github-trust-audience",
    "for GitHub's own audience",
    demand("aud", "StringEquals", "https://github.com/o"),
    /the aud https/,
  ],
  ["github-trust-audience", "for a pattern of audiences", demand("aud", "StringLike", "sts.*"), /any aud/],
  ["github-trust-subject", "with any subject", no("sub"), /any sub/],
  ["github-trust-subject", "of any organisation", demand("sub", "StringLike", "repo:*/octo-repo:*"), /repo:\*/],
  ["github-trust-subject", "of any repository", demand("sub", "StringLike", "repo:octo-org/*"), /repo:octo-org\/\*/],
  [
    "github-trust-subject",
    "of repositories whose name begins with octo",
    demand("sub", "StringLike", "repo:octo-org/octo*:ref:*"),
    /octo\*/,
  ],
  [
    "github-trust-subject",
    "of any organisation's number",
    demand("sub", "StringLike", "repo:octo-org@*/octo-repo@2:x"),
    /@\*/,
  ],
  [
    "github-trust-subject",
    "with a list of subjects that contains *",
    demand("sub", "StringLike", ["repo:a/b:x", "*"]),
    /the sub \*/,
  ],
  ["github-trust-repository", "of any repository's number", no("repository_id"), /any repository_id/],
  [
    "github-trust-repository",
    "of a pattern of repository numbers",
    demand("repository_id", "StringLike", "*"),
    /any repository_id/,
  ],
  [
    "github-trust-repository",
    "of a repository's name in place of its number",
    demand("repository_id", "StringEquals", "octo-repo"),
    /the repository_id octo/,
  ],
  ["github-trust-workflow", "of any workflow", no("job_workflow_ref"), /any job_workflow_ref/],
  [
    "github-trust-workflow",
    "of any workflow file",
    demand("job_workflow_ref", "StringLike", "octo-org/octo-repo/*"),
    /FILE\.yml/,
  ],
  [
    "github-trust-operators",
    "that may lack a claim (ForAllValues)",
    demand("actor", "ForAllValues:StringEquals", "octocat"),
    /forallvalues/,
  ],
  [
    "github-trust-operators",
    "that may lack a claim (IfExists)",
    demand("ref", "StringEqualsIfExists", "refs/heads/main"),
    /ifexists/,
  ],
  [
    "github-trust-workflow",
    "of all workflows except one",
    demand("job_workflow_ref", "StringNotEquals", file),
    /any job_workflow_ref/,
  ],
];

export const githubMistakes: readonly Mistake[] = [
  ...table.map(([rule, what, change, says]) => ({ rule, what: `GitHub's tokens ${what}`, change, says })),
  {
    rule: "github-provider-audience",
    what: "an OIDC provider that accepts another audience",
    change: given("aws:iam/openIdConnectProvider:OpenIdConnectProvider", {
      clientIdLists: ["sts.amazonaws.com", "https://github.com/octo-org"],
    }),
    says: /accepts tokens for https:\/\/github\.com\/octo-org/,
  },
];
