import assert from "node:assert/strict";
import { terraformName, terraformType, terraformValue } from "./terraform-spelling.ts";

describe("terraformType and Terraform's property names", () => {
  const types: readonly (readonly [string, string])[] = [
    ["aws:s3/bucket:Bucket", "aws_s3_bucket"],
    ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "aws_s3_bucket_public_access_block"],
    ["aws:s3/bucketObjectv2:BucketObjectv2", "aws_s3_object"],
    ["aws:iam/rolePolicy:RolePolicy", "aws_iam_role_policy"],
    ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", "aws_iam_openid_connect_provider"],
    ["aws:cloudwatch/eventRule:EventRule", "aws_cloudwatch_event_rule"],
    ["aws:ec2/securityGroup:SecurityGroup", "aws_security_group"],
  ];
  for (const [pulumi, terraform] of types)
    it(`convert ${pulumi} to ${terraform}`, () => assert.equal(terraformType(pulumi), terraform));

  for (const type of ["aws:ec2/vpc:Vpc", "aws-native:sagemaker:Pipeline", "gcp:storage/bucket:Bucket"])
    it(`reject the unknown type ${type}`, () => {
      assert.throws(() => terraformType(type), {
        message: `${type}: its name in Terraform is not known; add it to terraform-spelling.ts`,
      });
    });

  const properties: readonly (readonly [string, string, unknown, string, unknown])[] = [
    ["a text", "retentionInDays", 30, "retention_in_days", 30],
    ["a structure", "rule", { objectOwnership: "x" }, "rule", [{ object_ownership: "x" }]],
    ["structures", "rules", [{ noncurrentDays: 1 }, {}], "rule", [{ noncurrent_days: 1 }, {}]],
    ["structures in structures", "rules", [{ transitions: [{ days: 1 }] }], "rule", [{ transition: [{ days: 1 }] }]],
    ["structures whose singular has another end", "inlinePolicies", [{ name: "x" }], "inline_policy", [{ name: "x" }]],
    ["structures whose name is no plural", "ingress", [{ fromPort: 22 }], "ingress", [{ from_port: 22 }]],
    ["a list of texts", "managedPolicyArns", ["a"], "managed_policy_arns", ["a"]],
    ["a list of texts that is in the singular", "clientIdLists", ["a"], "client_id_list", ["a"]],
    ["keys of the user's", "tags", { costCenter: "7" }, "tags", { costCenter: "7" }],
    ["a file", "source", { path: "a.py" }, "source", "a.py"],
  ];
  for (const [what, name, value, terraform, rendered] of properties)
    it(`convert ${what}: ${name} becomes ${terraform}`, () => {
      assert.deepEqual([terraformName(name, value), terraformValue(name, value)], [terraform, rendered]);
    });
});
