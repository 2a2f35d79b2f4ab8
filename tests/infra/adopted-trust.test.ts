import assert from "node:assert/strict";
import { trustsSageMaker } from "../../infra/adopted-trust.ts";
import { executionTrustPolicy } from "../../infra/service-trust.ts";

const account = "111122223333";
const sageMaker = { Service: "sagemaker.amazonaws.com" };

function trusts(...statements: readonly object[]): boolean {
  const Statement = statements.map((statement) => ({
    ...{ Effect: "Allow", Principal: sageMaker, Action: "sts:AssumeRole" },
    ...statement,
  }));
  return trustsSageMaker(JSON.stringify({ Version: "2012-10-17", Statement }), account);
}

const like = (arn: string) => ({ Condition: { ArnLike: { "aws:SourceArn": arn } } });

describe("trustsSageMaker", () => {
  const table: readonly (readonly [what: string, statements: readonly object[], expected: boolean])[] = [
    ["SageMaker", [{}], true],
    ["SageMaker among others", [{ Principal: { Service: ["lambda.amazonaws.com", sageMaker.Service] } }], true],
    ["SageMaker in a second statement", [{ Principal: { AWS: `arn:aws:iam::${account}:root` } }, {}], true],
    ["everybody", [{ Principal: "*" }], true],
    ["another service", [{ Principal: { Service: "codebuild.amazonaws.com" } }], false],
    ["the account", [{ Principal: { AWS: `arn:aws:iam::${account}:root` } }], false],
    ["SageMaker for sts:TagSession only", [{ Action: "sts:TagSession" }], false],
    ["SageMaker for a list of actions with sts:Assume*", [{ Action: ["sts:TagSession", "sts:Assume*"] }], true],
    ["SageMaker in a Deny statement", [{ Effect: "Deny" }], false],
    ["SageMaker for the account", [{ Condition: { StringEquals: { "aws:SourceAccount": account } } }], true],
    [
      "SageMaker for another account",
      [{ Condition: { StringEquals: { "AWS:SourceAccount": "999999999999" } } }],
      false,
    ],
    ["SageMaker for the account's resources", [like(`arn:aws:sagemaker:*:${account}:*`)], true],
    ["SageMaker for the resources of one region", [like(`arn:aws:sagemaker:eu-central-1:${account}:*`)], true],
    ["SageMaker for pipelines, but not for jobs", [like(`arn:aws:sagemaker:*:${account}:pipeline/*`)], false],
    ["SageMaker for another account's resources", [like("arn:aws:sagemaker:*:999999999999:*")], false],
  ];
  for (const [what, statements, expected] of table)
    it(`${expected ? "accepts" : "rejects"} a role that trusts ${what}`, () =>
      assert.equal(trusts(...statements), expected));

  it("accepts the trust policy of the stack's own role, for its own account only", () => {
    assert.equal(trustsSageMaker(executionTrustPolicy("aws", account, "eu-central-1"), account), true);
    assert.equal(trustsSageMaker(executionTrustPolicy("aws", account, "eu-central-1"), "999999999999"), false);
  });
});
