import { allowing, demanded, type Statement } from "../iam/policy-document.ts";
import { heldPolicy } from "./policy-holders.ts";
import type { ResourceRule } from "./rule.ts";

const issuer = "token.actions.githubusercontent.com";
const audience = "sts.amazonaws.com";

/** A claim of GitHub's tokens, and the condition on it that a trust policy needs. Source: https://docs.github.com/en/actions/reference/security/oidc */
interface ClaimRule {
  readonly name: string;
  readonly description: string;
  readonly claim: string;
  readonly operators: readonly string[];
  /** Matches the values that the condition may have. */
  readonly form: RegExp;
  /** The valid form in words. */
  readonly fix: string;
}

const claims: readonly ClaimRule[] = [
  {
    name: "github-trust-audience",
    description: "A role accepts GitHub's tokens only if they were made for AWS.",
    claim: "aud",
    operators: ["StringEquals"],
    form: /^sts\.amazonaws\.com$/,
    fix: audience,
  },
  {
    name: "github-trust-subject",
    description: "A role accepts GitHub's tokens only of a repository that is named with its organisation.",
    claim: "sub",
    operators: ["StringEquals", "StringLike"],
    // Repositories created since July 15, 2026 have numbers in the subject, older ones do not.
    form: /^repo:[\w.-]+(@\d+)?\/[\w.-]+(@\d+)?:./,
    fix: "repo:ORGANISATION/NAME:... or repo:ORGANISATION@ID/NAME@ID:..., no wildcard in either",
  },
  {
    // Someone else can take the name of a deleted or renamed repository, but never its number.
    name: "github-trust-repository",
    description: "A role accepts GitHub's tokens only of a repository that is named by its number.",
    claim: "repository_id",
    operators: ["StringEquals"],
    form: /^\d+$/,
    fix: "the repository's number",
  },
  {
    name: "github-trust-workflow",
    description: "A role accepts GitHub's tokens only of a workflow that is named by its file.",
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
  if (values === undefined) return [`${statement.sid} accepts tokens with any ${claim}; ${demand}`];
  return values
    .filter((value) => !form.test(value))
    .map((value) => `${statement.sid} accepts the ${claim} ${value}; ${demand}`);
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
  description: "A missing claim in GitHub's token never matches.",
  check: (resource) =>
    trustingGithub(heldPolicy(resource, "trust")).flatMap(({ sid, conditions }) =>
      conditions
        .filter(({ operator }) => operator.startsWith("forallvalues:") || operator.endsWith("ifexists"))
        .map(
          ({ operator, key }) => `${sid} accepts tokens without ${key} (${operator}); use StringEquals or StringLike.`,
        ),
    ),
};

const providerAudience: ResourceRule = {
  name: "github-provider-audience",
  description: "The provider of GitHub's tokens is for AWS alone.",
  check: ({ type, props }) => {
    if (type !== "aws:iam/openIdConnectProvider:OpenIdConnectProvider") return [];
    if (!String(props["url"]).includes(issuer)) return [];
    return [props["clientIdLists"]]
      .flat()
      .filter((given) => given !== audience)
      .map((given) => `The provider accepts tokens for ${given}; give clientIdLists: ["${audience}"].`);
  },
};

export const githubTrustRules = [...claims.map(claimRule), operators, providerAudience];
