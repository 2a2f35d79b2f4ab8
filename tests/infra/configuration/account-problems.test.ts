import assert from "node:assert/strict";
import { accountProblems } from "../../../infra/configuration/account-problems.ts";
import { checkStackConfiguration } from "../../../infra/configuration/parse-configuration.ts";
import { templateVariables } from "../../../infra/configuration/template-variables.ts";
import { parsed } from "./parsed.ts";

const own = "111122223333";
const other = "999999999999";

const github = { repository: "octo-org/octo-repo", repositoryId: "1", ownerId: "2" };
const provider = `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`;

/** What is said of a configuration in its account, whatever else is wrong with it. */
function problems(values: Readonly<Record<string, unknown>>): readonly string[] {
  const { configuration } = checkStackConfiguration({ region: "eu-central-1", ...values }, []);
  assert.ok(configuration !== undefined);
  return accountProblems(configuration, own);
}

describe("a configuration in an account", () => {
  const refused: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [
      "the credentials of another account",
      { account: other },
      [
        `account: this stack belongs to ${other}, but the credentials belong to ${own}; use the right profile, or move the stack to that account: pulumi config set account ${own}`,
      ],
    ],
    [
      "another account's role",
      { sagemakerPipelineRoleArn: `arn:aws:iam::${other}:role/r` },
      [`sagemakerPipelineRoleArn: got an ARN in account ${other}; give one in this stack's account ${own}`],
    ],
    [
      "another account's boundary",
      { permissionsBoundaryArn: `arn:aws:iam::${other}:policy/b` },
      [`permissionsBoundaryArn: got an ARN in account ${other}; give one in this stack's account ${own}`],
    ],
    [
      "a key of another account, in another region",
      { kmsKeyArn: `arn:aws:kms:eu-west-1:${other}:key/1` },
      [
        `kmsKeyArn: got an ARN in account ${other}; give one in this stack's account ${own}`,
        "kmsKeyArn: got an ARN in eu-west-1; give one in this stack's region eu-central-1",
      ],
    ],
    [
      "a role of another partition",
      { sagemakerPipelineRoleArn: `arn:aws-cn:iam::${own}:role/r` },
      ["sagemakerPipelineRoleArn: got an ARN in partition aws-cn; give one in aws, the partition of eu-central-1"],
    ],
    [
      "a key of an isolated partition",
      { kmsKeyArn: `arn:aws-iso:kms:us-iso-east-1:${own}:key/1` },
      [
        "kmsKeyArn: got an ARN in partition aws-iso; give one in aws, the partition of eu-central-1",
        "kmsKeyArn: got an ARN in us-iso-east-1; give one in this stack's region eu-central-1",
      ],
    ],
    [
      "another account's provider of tokens, though the repository's number is wrong, too",
      { github: { ...github, repositoryId: "x", oidcProviderArn: provider.replace(own, other) } },
      [`github.oidcProviderArn: got an ARN in account ${other}; give one in this stack's account ${own}`],
    ],
    [
      "a provider of tokens and a state's key of other partitions",
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
      "the credentials of another account, and speaks of the stack's own account alone",
      {
        account: other,
        sagemakerPipelineRoleArn: `arn:aws:iam::${own}:role/r`,
        github: { ...github, oidcProviderArn: provider },
      },
      [
        `account: this stack belongs to ${other}, but the credentials belong to ${own}; use the right profile, or move the stack to that account: pulumi config set account ${own}`,
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
    it(`refuses ${what}`, () => assert.deepEqual(problems(values), expected));

  it("takes what is its own, and policies that are AWS's", () => {
    const values = {
      account: own,
      sagemakerPipelineRoleArn: `arn:aws:iam::${own}:role/team/r`,
      permissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess",
      kmsKeyArn: `arn:aws:kms:eu-central-1:${own}:key/1`,
      // A state can be in another account's bucket, and in another region.
      github: { ...github, oidcProviderArn: provider, stateKeyArn: `arn:aws:kms:eu-west-1:${other}:key/1` },
    };
    assert.deepEqual(problems(values), []);
  });

  it("takes the keys of isolated partitions in their regions", () => {
    for (const [partition, region] of [
      ["aws-iso", "us-iso-east-1"],
      ["aws-iso-b", "us-isob-east-1"],
      ["aws-iso-f", "us-isof-south-1"],
    ])
      assert.deepEqual(problems({ region, kmsKeyArn: `arn:${partition}:kms:${region}:${own}:key/1` }), []);
  });

  it("knows no account where nobody knows whose the credentials are, unless the stack names one", () => {
    const values = { region: "eu-central-1", kmsKeyArn: `arn:aws:kms:eu-central-1:${other}:key/1` };
    assert.deepEqual(accountProblems(parsed(values, []), undefined), []);
    assert.deepEqual(accountProblems(parsed({ ...values, account: own }, []), undefined), [
      `kmsKeyArn: got an ARN in account ${other}; give one in this stack's account ${own}`,
    ]);
  });

  it("has the variables of AWS's template, each for a key of its own", () => {
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
