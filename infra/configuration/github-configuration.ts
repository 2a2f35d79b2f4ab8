import { z } from "zod";
import { bucketPattern } from "./bucket-name.ts";
import { matching } from "./fields.ts";
import { asText } from "./pulumi-value.ts";

/** A number that GitHub gives for good, unlike a name. Pulumi may have read it as a number. */
function identifier(what: string, query: string) {
  return asText(matching(/^[1-9]\d*$/, `give the number of the ${what}, from: gh api ${query}`));
}

function workflow(example: string) {
  return z
    .string()
    .regex(/^\.github\/workflows\/[\w.-]+\.ya?ml$/, `give the path of a workflow, such as ${example}`)
    .default(example);
}

/** Parts of letters, digits, dots, hyphens and underscores, as Git allows them. Source: https://git-scm.com/docs/git-check-ref-format */
const branch = /^(?!refs\/)(?!.*\.\.)(?!.*\.lock(?:\/|$))(?!.*\.$)\w[\w.-]*(?:\/\w[\w.-]*)*$/;

/**
 * The repository whose workflows may use the account, and how. No value may have a character that means something else
 * in a policy (`*`, `?`, `$`) or in the subject of a token (`:`).
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
  /** The environment that the deploying job names: its protection rules hold before a token is made. */
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
  deployWorkflow: workflow(".github/workflows/train.yml"),
  previewWorkflow: workflow(".github/workflows/preview.yml"),
  /** The account's provider for GitHub's tokens, where there is one already: an account has at most one. */
  oidcProviderArn: z
    .string()
    .regex(
      /^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
      "give an ARN such as arn:aws:iam::ACCOUNT:oidc-provider/token.actions.githubusercontent.com",
    )
    .optional(),
  /** Where Pulumi keeps the state, as `pulumi login` takes it; without it Pulumi Cloud, which needs no AWS rights. */
  stateBackend: z
    .string()
    .regex(
      new RegExp(`^s3://${bucketPattern}(?:/(?!\\.{1,2}(?:/|$))[\\w.-]+)*$`),
      "give s3://BUCKET or s3://BUCKET/PREFIX, without what follows a question mark",
    )
    .optional(),
  /** The KMS key that the state, or the secrets in it, are encrypted with. */
  stateKeyArn: z
    .string()
    .regex(/^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/, "give an ARN such as arn:aws:kms:REGION:ACCOUNT:key/ID")
    .optional(),
});

export type GithubConfiguration = z.infer<typeof githubConfiguration>;

/** What is wrong between values that are each right, a line each. */
export function githubProblems({ deployWorkflow, previewWorkflow }: GithubConfiguration): readonly string[] {
  return deployWorkflow !== previewWorkflow
    ? []
    : [
        `github.previewWorkflow: got ${previewWorkflow}, which deploys; give another file, so that no pull request runs what deploys`,
      ];
}
