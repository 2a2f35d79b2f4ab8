import assert from "node:assert/strict";
import { accountProblems } from "../../../infra/configuration/account-problems.ts";
import { checkStackConfiguration } from "../../../infra/configuration/check-stack-configuration.ts";
import { templateVariables } from "../../../infra/configuration/template-variables.ts";
import { parsed } from "./parsed.ts";

const own = "111122223333";
const other = "999999999999";

const github = { repository: "octo-org/octo-repo", repositoryId: "1", ownerId: "2" };
const provider = `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`;

/** Returns the account problems of a configuration, which may have other mistakes. */
function problems(values: Readonly<Record<string, unknown>>): readonly string[] {
  const { configuration } = checkStackConfiguration({ region: "eu-central-1", ...values }, []);
  assert.ok(configuration !== undefined);
  return accountProblems(configuration, own);
}

describe("accountProblems", () => {
  const refused: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [
      "the credentials of another account",
      { account: other },
      [
        `account: this stack belongs to ${other}, but the credentials belong to ${own}; use the right profile or, before the first pulumi up, set the other account: pulumi config set account ${own}`,
      ],
    ],
    [
      "another account's role",
      { sagemakerPipelineRoleArn: `arn:aws:iam::${other}:role/r` },
      [`sagemakerPipelineRoleArn: got an ARN in account ${other}; give one in this stack's account ${own}`],
    ],
    [
      "another account's permissions boundary",
      { permissionsBoundaryArn: `arn:aws:iam::${other}:policy/b` },
      [`permissionsBoundaryArn: got an ARN in account ${other}; give one in this stack's account ${own}`],
    ],
    [
      "a KMS key of another account in another region",
      { kmsKeyArn: `arn:aws:kms:eu-west-1:${other}:key/1` },
      [
        `kmsKeyArn: got an ARN in account ${other}; give one in this stack's account ${own}`,
        "kmsKeyArn: got an ARN in eu-west-1; give one in this stack's region eu-central-1",
      ],
    ],
    [
      "a role in another partition",
      { sagemakerPipelineRoleArn: `arn:aws-cn:iam::${own}:role/r` },
      ["sagemakerPipelineRoleArn: got an ARN in partition aws-cn; give one in aws, the partition of eu-central-1"],
    ],
    [
      "a KMS key in an isolated partition",
      { kmsKeyArn: `arn:aws-iso:kms:us-iso-east-1:${own}:key/1` },
      [
        "kmsKeyArn: got an ARN in partition aws-iso; give one in aws, the partition of eu-central-1",
        "kmsKeyArn: got an ARN in us-iso-east-1; give one in this stack's region eu-central-1",
      ],
    ],
    [
      "another account's OIDC provider, even if the repository's number is invalid",
      { github: { ...github, repositoryId: "x", oidcProviderArn: provider.replace(own, other) } },
      [`github.oidcProviderArn: got an ARN in account ${other}; give one in this stack's account ${own}`],
    ],
    [
      "an OIDC provider and a state key in other partitions",
      {
        github: {
          ...github,
          oidcProviderArn: provider.replace("aws", "aws-cn"),
          stateKeyArn: `arn:aws-iso-b:kms:us-isob-east-1:${other}:key/1`,
        },
      },
      [
        "github.oidcProviderArn: got an ARN in partition aws-cn; give one in aws, the partition of eu-central-1",
        "github.stateKeyArn: got an ARN in partition aws-iso-b; give one in aws, the partition of eu-central-1",
      ],
    ],
    [
      "the credentials of another account, and ARNs that are not in the stack's account",
      {
        account: other,
        sagemakerPipelineRoleArn: `arn:aws:iam::${own}:role/r`,
        github: { ...github, oidcProviderArn: provider },
      },
      [
        `account: this stack belongs to ${other}, but the credentials belong to ${own}; use the right profile or, before the first pulumi up, set the other account: pulumi config set account ${own}`,
        `sagemakerPipelineRoleArn: got an ARN in account ${own}; give one in this stack's account ${other}`,
        `github.oidcProviderArn: got an ARN in account ${own}; give one in this stack's account ${other}`,
      ],
    ],
    [
      "a project in another region",
      { sagemakerProjectArn: `arn:aws:sagemaker:eu-west-1:${own}:project/rings` },
      ["sagemakerProjectArn: got an ARN in eu-west-1; give one in this stack's region eu-central-1"],
    ],
  ];
  for (const [what, values, expected] of refused)
    it(`rejects ${what}`, () => assert.deepEqual(problems(values), expected));

  it("accepts ARNs in the stack's account, AWS's own policies, and a state key of another account", () => {
    const values = {
      account: own,
      sagemakerPipelineRoleArn: `arn:aws:iam::${own}:role/team/r`,
      permissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess",
      kmsKeyArn: `arn:aws:kms:eu-central-1:${own}:key/1`,
      // The Pulumi state may be in another account and region.
      github: { ...github, oidcProviderArn: provider, stateKeyArn: `arn:aws:kms:eu-west-1:${other}:key/1` },
    };
    assert.deepEqual(problems(values), []);
  });

  it("accepts KMS keys of isolated partitions in their own regions", () => {
    for (const [partition, region] of [
      ["aws-iso", "us-iso-east-1"],
      ["aws-iso-b", "us-isob-east-1"],
      ["aws-iso-f", "us-isof-south-1"],
    ])
      assert.deepEqual(problems({ region, kmsKeyArn: `arn:${partition}:kms:${region}:${own}:key/1` }), []);
  });

  it("compares accounts without known credentials only if the stack configures an account", () => {
    const values = { region: "eu-central-1", kmsKeyArn: `arn:aws:kms:eu-central-1:${other}:key/1` };
    assert.deepEqual(accountProblems(parsed(values, []), undefined), []);
    assert.deepEqual(accountProblems(parsed({ ...values, account: own }, []), undefined), [
      `kmsKeyArn: got an ARN in account ${other}; give one in this stack's account ${own}`,
    ]);
  });

  it("maps each environment variable of AWS's template to a key of its own", () => {
    const environment = {
      ARTIFACT_BUCKET: "arn:aws:s3:::lake",
      AWS_DEV_ACCOUNT_NUMBER: own,
      AWS_REGION: "eu-central-1",
      SAGEMAKER_PIPELINE_ROLE_ARN: `arn:aws:iam::${own}:role/r`,
      SAGEMAKER_PROJECT_ARN: `arn:aws:sagemaker:eu-central-1:${own}:project/rings`,
      SAGEMAKER_PROJECT_ID: "p-1",
      SAGEMAKER_PROJECT_NAME: "rings",
      SAGEMAKER_PROJECT_NAME_ID: "rings-p-1",
    };
    const set = templateVariables(environment);
    const values = Object.fromEntries(set.map(({ key, value }) => [key, value]));
    const { region, artifactBucket, ...rest } = parsed(values, []);
    assert.deepEqual([region, artifactBucket, rest.account], ["eu-central-1", "lake", own]);
    assert.deepEqual(set.map(({ variable }) => variable).sort(), Object.keys(environment).sort());
    assert.equal(new Set(set.map(({ key }) => key)).size, set.length);
    assert.deepEqual(templateVariables({ PATH: "/bin", ARTIFACT_BUCKET: "", SAGEMAKER_PROJECT_ID: undefined }), []);
  });
});
