import assert from "node:assert/strict";
import { accountProblems } from "../../../infra/configuration/account-problems.ts";
import { templateVariables } from "../../../infra/configuration/template-variables.ts";
import { parsed } from "./parsed.ts";

const own = "111122223333";
const other = "999999999999";

function problems(values: Readonly<Record<string, unknown>>): readonly string[] {
  return accountProblems(parsed({ region: "eu-central-1", ...values }, []), own);
}

describe("a configuration in an account", () => {
  const refused: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [
      "the credentials of another account",
      { account: other },
      [
        `account: this stack belongs to ${other}, the credentials are of ${own}; use the right profile, or if the stack is to be in that account: pulumi config set account ${own}`,
      ],
    ],
    [
      "another account's role",
      { sagemakerPipelineRoleArn: `arn:aws:iam::${other}:role/r` },
      [`sagemakerPipelineRoleArn: got one of account ${other}; give one of this stack's account ${own}`],
    ],
    [
      "another account's boundary",
      { permissionsBoundaryArn: `arn:aws:iam::${other}:policy/b` },
      [`permissionsBoundaryArn: got one of account ${other}; give one of this stack's account ${own}`],
    ],
    [
      "a key of another account, in another region",
      { kmsKeyArn: `arn:aws:kms:eu-west-1:${other}:key/1` },
      [
        `kmsKeyArn: got one of account ${other}; give one of this stack's account ${own}`,
        "kmsKeyArn: got one in eu-west-1; give one in this stack's region eu-central-1",
      ],
    ],
    [
      "a role of another partition",
      { sagemakerPipelineRoleArn: `arn:aws-cn:iam::${own}:role/r` },
      ["sagemakerPipelineRoleArn: got one of aws-cn; give one of aws, which eu-central-1 is in"],
    ],
    [
      "a project in another region",
      { sagemakerProjectArn: `arn:aws:sagemaker:eu-west-1:${own}:project/rings` },
      ["sagemakerProjectArn: got one in eu-west-1; give one in this stack's region eu-central-1"],
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
    };
    assert.deepEqual(problems(values), []);
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
    const { region, artifactBucket, ...rest } = parsed(templateVariables(environment), []);
    assert.deepEqual([region, artifactBucket, rest.account], ["eu-central-1", "lake", own]);
    assert.deepEqual(Object.keys(templateVariables(environment)).length, Object.keys(environment).length);
    assert.deepEqual(templateVariables({ PATH: "/bin", ARTIFACT_BUCKET: "", SAGEMAKER_PROJECT_ID: undefined }), {});
  });
});
