import { z } from "zod";
import { bucketPattern } from "./bucket-name.ts";
import { matching, truth } from "./fields.ts";
import { asText } from "./pulumi-value.ts";

/** Returns the schema of a numeric GitHub identifier, which never changes, unlike a name. Pulumi may pass it as a number. */
function identifier(what: string, query: string) {
  return asText(matching(/^[1-9]\d*$/, `give the number of the ${what}, from: gh api ${query}`));
}

function workflow(example: string) {
  return z
    .string()
    .regex(/^\.github\/workflows\/[\w.-]+\.ya?ml$/, `give the path of a workflow, such as ${example}`)
    .default(example);
}

/** A branch name of letters, digits, dots, hyphens, underscores and slashes that Git accepts. Source: https://git-scm.com/docs/git-check-ref-format */
const branch = /^(?!refs\/)(?!.*\.\.)(?!.*\.lock(?:\/|$))(?!.*\.$)\w[\w.-]*(?:\/\w[\w.-]*)*$/;

/**
 * The repository whose workflows may use the account, and its environment, branch and workflow files. Values must not contain
 * characters with a special meaning in policies (`*`, `?`, `$`) or in a token's subject (`:`).
 */
export const githubConfiguration = z.strictObject({
  repository: z
    .string("give the repository as ORGANISATION/NAME")
    .regex(
      /^[A-Za-z0-9][\w-]*\/(?!\.{1,2}$)(?!.*\.git$)[\w.-]+$/,
      "give the repository as ORGANISATION/NAME, spelt as GitHub does",
    ),
  repositoryId: identifier("repository", "repos/ORGANISATION/NAME --jq .id"),
  ownerId: identifier("organisation", "repos/ORGANISATION/NAME --jq .owner.id"),
  /** The environment of the deploying job. GitHub applies its protection rules before it issues a token. */
  environment: asText(
    z
      .string()
      .regex(
        /^\w[\w .-]*$/,
        "give the name of an environment of letters, digits, spaces, dots, hyphens and underscores",
      ),
  ).default("production"),
  branch: asText(
    z.string().regex(branch, "give the name of a branch of letters, digits, dots, hyphens, underscores and slashes"),
  ).default("main"),
  deployWorkflow: workflow(".github/workflows/train-environment.yml"),
  previewWorkflow: workflow(".github/workflows/preview.yml"),
  driftWorkflow: workflow(".github/workflows/drift.yml"),
  /** Whether dev-stack.yml may deploy personal and pull-request stacks to the account. */
  devStacks: truth.default(false),
  /** The account's existing OIDC provider for GitHub, if it has one. An account can have only one. */
  oidcProviderArn: z
    .string()
    .regex(
      /^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
      "give an ARN such as arn:aws:iam::ACCOUNT:oidc-provider/token.actions.githubusercontent.com",
    )
    .optional(),
  /** The URL of the state, as in `pulumi login`. The default is Pulumi Cloud, which needs no AWS permissions. */
  stateBackend: z
    .string()
    .regex(
      new RegExp(`^s3://${bucketPattern}(?:/(?!\\.{1,2}(?:/|$))[\\w.-]+)*$`),
      "give s3://BUCKET or s3://BUCKET/PREFIX, without a question mark and the options after it",
    )
    .optional(),
  /** The KMS key that encrypts the state or the secrets in it. */
  stateKeyArn: z
    .string()
    .regex(/^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/, "give an ARN such as arn:aws:kms:REGION:ACCOUNT:key/ID")
    .optional(),
});

export type GithubConfiguration = z.infer<typeof githubConfiguration>;

/** Returns one line for each conflict between the values. */
export function githubProblems({ deployWorkflow, previewWorkflow }: GithubConfiguration): readonly string[] {
  return deployWorkflow !== previewWorkflow
    ? []
    : [
        `github.previewWorkflow: got ${previewWorkflow}, which is also the deploying workflow; give another file, so that pull requests cannot deploy`,
      ];
}

/**
 * Returns the name of the GitHub environment in which drift.yml compares a stack with the code. It is another one than the
 * deploying environment, so that no reviewer has to approve a job each night.
 */
export function driftEnvironment(environment: string): string {
  return `${environment}-drift`;
}

/** Returns the names of the environments in which dev stacks are deployed, with reviewers, and cleaned up, without. */
export function devStackEnvironments(environment: string) {
  return { deploy: `${environment}-devstacks`, clean: `${environment}-devstacks-clean` };
}

/** Returns the URL of the dev stacks' own state, below that of the other stacks. */
export function devStackBackend(stateBackend: string): string {
  return `${stateBackend}/devstacks`;
}
