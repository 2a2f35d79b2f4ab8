import { allowing, demanded, type Statement } from "../iam/policy-document.ts";
import { heldPolicy } from "./policy-holders.ts";
import type { ResourceRule } from "./rule.ts";

const issuer = "token.actions.githubusercontent.com";
const audience = "sts.amazonaws.com";

/** What a claim of GitHub's tokens has to be demanded as. Source: https://docs.github.com/en/actions/reference/security/oidc */
interface ClaimRule {
  readonly name: string;
  readonly description: string;
  readonly claim: string;
  readonly operators: readonly string[];
  /** The form of every value that is taken. */
  readonly form: RegExp;
  /** The form in words. */
  readonly fix: string;
}

const claims: readonly ClaimRule[] = [
  {
    name: "github-trust-audience",
    description: "GitHub's tokens are taken only if they were made for AWS.",
    claim: "aud",
    operators: ["StringEquals"],
    form: /^sts\.amazonaws\.com$/,
    fix: audience,
  },
  {
    name: "github-trust-subject",
    description: "GitHub's tokens are taken only of a repository that is named together with its organisation.",
    claim: "sub",
    operators: ["StringEquals", "StringLike"],
    // Repositories have the form with numbers from July 15, 2026 on, older ones the form without.
    form: /^repo:[\w.-]+(@\d+)?\/[\w.-]+(@\d+)?:./,
    fix: "repo:ORGANISATION/NAME:... or repo:ORGANISATION@ID/NAME@ID:..., no wildcard in either",
  },
  {
    // A name can be someone else's once its repository is deleted or renamed; a number cannot.
    name: "github-trust-repository",
    description: "GitHub's tokens are taken only of a repository that is named by its number.",
    claim: "repository_id",
    operators: ["StringEquals"],
    form: /^\d+$/,
    fix: "the repository's number",
  },
  {
    name: "github-trust-workflow",
    description: "GitHub's tokens are taken only of a workflow that is named by its file.",
    claim: "job_workflow_ref",
    operators: ["StringEquals", "StringLike"],
    form: /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml@./,
    fix: "ORGANISATION/NAME/.github/workflows/FILE.yml@REF, no wildcard before the @",
  },
];

function trustingGithub(document: unknown): readonly Statement[] {
  return allowing(document).filter(({ principals }) =>
    principals.some(({ kind, id }) => kind === "Federated" && id.endsWith(`oidc-provider/${issuer}`)),
  );
}

function claimMistakes(statement: Statement, { claim, operators, form, fix }: ClaimRule): readonly string[] {
  const values = demanded(statement, `${issuer}:${claim}`, operators);
  const demand = `demand ${fix}, with ${operators.join(" or ")}.`;
  if (values === undefined) return [`${statement.sid} takes tokens with any ${claim}; ${demand}`];
  return values
    .filter((value) => !form.test(value))
    .map((value) => `${statement.sid} takes the ${claim} ${value}; ${demand}`);
}

function claimRule(claim: ClaimRule): ResourceRule {
  return {
    name: claim.name,
    description: claim.description,
    check: (resource) =>
      trustingGithub(heldPolicy(resource, "trust")).flatMap((statement) => claimMistakes(statement, claim)),
  };
}

const operators: ResourceRule = {
  name: "github-trust-operators",
  description: "A claim that a token does not have is no claim that fits.",
  check: (resource) =>
    trustingGithub(heldPolicy(resource, "trust")).flatMap(({ sid, conditions }) =>
      conditions
        .filter(({ operator }) => operator.startsWith("forallvalues:") || operator.endsWith("ifexists"))
        .map(
          ({ operator, key }) => `${sid} takes tokens without ${key} (${operator}); use StringEquals or StringLike.`,
        ),
    ),
};

const providerAudience: ResourceRule = {
  name: "github-provider-audience",
  description: "GitHub's provider of tokens is for AWS alone.",
  check: ({ type, props }) => {
    if (type !== "aws:iam/openIdConnectProvider:OpenIdConnectProvider") return [];
    if (!String(props["url"]).includes(issuer)) return [];
    return [props["clientIdLists"]]
      .flat()
      .filter((given) => given !== audience)
      .map((given) => `The provider takes tokens for ${given}; give clientIdLists: ["${audience}"].`);
  },
};

export const githubTrustRules = [...claims.map(claimRule), operators, providerAudience];
