import type { Resource } from "../../../policy/rules/rule.ts";
import { type Change, given, type Mistake, statements } from "./mistake.ts";

type Condition = Record<string, Record<string, unknown>>;

const isGithubRole = ({ type, props }: Resource) =>
  type === "aws:iam/role:Role" && String(props["assumeRolePolicy"]).includes("oidc-provider/token.actions");
const key = (claim: string) => `token.actions.githubusercontent.com:${claim}`;

const condition = (change: (condition: Condition) => Condition): Change =>
  statements(isGithubRole, "assumeRolePolicy", (all) =>
    all.map((statement) => ({ ...statement, Condition: change(statement["Condition"] as Condition) })),
  );

/** The condition without a claim, whatever operator demands it. */
const dropped = (all: Condition, claim: string): Condition =>
  Object.fromEntries(
    Object.entries(all).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).filter(([name]) => name !== key(claim))),
    ]),
  );

const no = (claim: string) => condition((all) => dropped(all, claim));

/** The condition with a claim demanded in another way. */
const demand = (claim: string, operator: string, value: unknown) =>
  condition((all) => {
    const rest = dropped(all, claim);
    return { ...rest, [operator]: { ...rest[operator], [key(claim)]: value } };
  });

const file = "octo-org/octo-repo/.github/workflows/train.yml@refs/heads/main";

const table: readonly (readonly [string, string, Change, RegExp])[] = [
  ["github-trust-audience", "made for anyone", no("aud"), /any aud; demand sts\.amazonaws\.com/],
  ["github-trust-audience", "made for GitHub", demand("aud", "StringEquals", "https://github.com/o"), /the aud https/],
  ["github-trust-audience", "made for any of AWS", demand("aud", "StringLike", "sts.*"), /any aud/],
  ["github-trust-subject", "of any subject", no("sub"), /any sub/],
  ["github-trust-subject", "of any organisation", demand("sub", "StringLike", "repo:*/octo-repo:*"), /repo:\*/],
  ["github-trust-subject", "of any repository", demand("sub", "StringLike", "repo:octo-org/*"), /repo:octo-org\/\*/],
  ["github-trust-subject", "of names that go on", demand("sub", "StringLike", "repo:octo-org/octo*:ref:*"), /octo\*/],
  ["github-trust-subject", "of any number", demand("sub", "StringLike", "repo:octo-org@*/octo-repo@2:x"), /@\*/],
  ["github-trust-subject", "one of them open", demand("sub", "StringLike", ["repo:a/b:x", "*"]), /the sub \*/],
  ["github-trust-repository", "of any number", no("repository_id"), /any repository_id/],
  ["github-trust-repository", "of a pattern", demand("repository_id", "StringLike", "*"), /any repository_id/],
  [
    "github-trust-repository",
    "of a name",
    demand("repository_id", "StringEquals", "octo-repo"),
    /the repository_id octo/,
  ],
  ["github-trust-workflow", "of any workflow", no("job_workflow_ref"), /any job_workflow_ref/],
  [
    "github-trust-workflow",
    "of any file",
    demand("job_workflow_ref", "StringLike", "octo-org/octo-repo/*"),
    /FILE\.yml/,
  ],
  [
    "github-trust-operators",
    "without a claim",
    demand("actor", "ForAllValues:StringEquals", "octocat"),
    /forallvalues/,
  ],
  ["github-trust-operators", "perhaps a claim", demand("ref", "StringEqualsIfExists", "refs/heads/main"), /ifexists/],
  [
    "github-trust-workflow",
    "a claim for all",
    demand("job_workflow_ref", "StringNotEquals", file),
    /any job_workflow_ref/,
  ],
];

export const githubMistakes: readonly Mistake[] = [
  ...table.map(([rule, what, change, says]) => ({ rule, what: `tokens of GitHub ${what}`, change, says })),
  {
    rule: "github-provider-audience",
    what: "a provider of tokens for others",
    change: given("aws:iam/openIdConnectProvider:OpenIdConnectProvider", {
      clientIdLists: ["sts.amazonaws.com", "https://github.com/octo-org"],
    }),
    says: /takes tokens for https:\/\/github\.com\/octo-org/,
  },
];
