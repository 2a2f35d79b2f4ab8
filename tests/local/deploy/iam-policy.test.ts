import assert from "node:assert/strict";
import {
  CreateRoleCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPolicyVersionsCommand,
} from "@aws-sdk/client-iam";
import { policyHandlers } from "../../../local/deploy/handlers/iam-policy.ts";
import { useLocalAws } from "../use-local-aws.ts";

const account = "123456789012";

function statement(Resource: string): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource }] });
}

describe("the handlers of managed policies", function () {
  this.timeout(60_000);
  const aws = useLocalAws({ bucket: false });
  const name = "Shared-0";
  const arn = `arn:aws:iam::${account}:policy/${name}`;
  let iam: IAMClient;
  let handlers: ReturnType<typeof policyHandlers>;

  before(async () => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    iam = new IAMClient({ endpoint: aws.url, region: "us-east-1", credentials });
    handlers = policyHandlers(iam, account);
    await iam.send(new CreateRoleCommand({ RoleName: "Runner", AssumeRolePolicyDocument: "{}" }));
  });

  const handler = (type: string) => handlers.find((one) => one.type === type) ?? assert.fail(type);
  const policy = () => handler("aws:iam/policy:Policy");
  const attachment = () => handler("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
  const attached = async () => {
    const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "Runner" }));
    return AttachedPolicies.map(({ PolicyArn }) => PolicyArn);
  };

  it("keep one version of a policy that is updated more often than IAM keeps versions", async () => {
    for (const update of Array.from({ length: 7 }, (_, index) => index))
      assert.equal((await policy().apply({ name, policy: statement(`arn:aws:s3:::b/${update}`) })).id, arn);
    const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: arn }));
    assert.equal(Versions.length, 1);
    const VersionId = Versions[0]?.VersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId }));
    assert.equal(decodeURIComponent(PolicyVersion?.Document ?? ""), statement("arn:aws:s3:::b/6"));
  });

  it("attach a policy to a role, detach it and delete it, each also a second time", async () => {
    const inputs = { role: "Runner", policyArn: arn };
    const made = await attachment().apply(inputs);
    await attachment().apply(inputs);
    assert.deepEqual(await attached(), [arn]);
    for (const _ of [1, 2]) await attachment().remove(made, inputs);
    assert.deepEqual(await attached(), []);
    const existing = { id: arn, outputs: {} };
    assert.equal(await policy().exists?.(existing), true);
    for (const _ of [1, 2]) await policy().remove(existing, {});
    assert.equal(await policy().exists?.(existing), false);
  });
});
