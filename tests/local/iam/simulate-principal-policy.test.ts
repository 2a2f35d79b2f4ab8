import assert from "node:assert/strict";
import {
  type ContextEntry,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import { simulatePrincipalPolicy } from "../../../local/iam/simulate-principal-policy.ts";
import { useLocalAws } from "../use-local-aws.ts";

describe("simulatePrincipalPolicy", () => {
  const aws = useLocalAws();
  let iam: IAMClient;
  let role: string;

  before(async function () {
    this.timeout(180_000);
    const credentials = { accessKeyId: "user", secretAccessKey: "user" };
    iam = new IAMClient({ endpoint: aws.url, region: "us-east-1", credentials });
    const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const made = await iam.send(new CreateRoleCommand({ RoleName: "simulated", AssumeRolePolicyDocument: trust }));
    role = made.Role?.Arn ?? "";
    const Statement = [
      { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::mine/*" },
      { Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" },
      { Effect: "Allow", Action: "cloudwatch:PutMetricData", Resource: "*" },
      {
        Effect: "Allow",
        Action: "ec2:DescribeVpcs",
        Resource: "*",
        Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      },
    ];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName: "simulated", PolicyName: "p", PolicyDocument }));
  });

  const ask = async (ActionNames: string[], ResourceArns?: string[], ContextEntries?: ContextEntry[]) => {
    const input = { PolicySourceArn: role, ActionNames, ResourceArns, ContextEntries };
    const { EvaluationResults = [], IsTruncated } = await iam.send(new SimulatePrincipalPolicyCommand(input));
    assert.equal(IsTruncated, false);
    return EvaluationResults.map((each) => [each.EvalActionName, each.EvalResourceName, each.EvalDecision]);
  };

  it("returns a decision for each action and resource, in order", async () => {
    const [mine, other] = ["arn:aws:s3:::mine/a", "arn:aws:s3:::other/a"];
    assert.deepEqual(await ask(["s3:GetObject", "s3:DeleteObject"], [mine, other]), [
      ["s3:GetObject", mine, "allowed"],
      ["s3:GetObject", other, "implicitDeny"],
      ["s3:DeleteObject", mine, "explicitDeny"],
      ["s3:DeleteObject", other, "explicitDeny"],
    ]);
    assert.deepEqual(await ask(["cloudwatch:PutMetricData"]), [["cloudwatch:PutMetricData", "*", "allowed"]]);
  });

  it("uses the condition keys of the request", async () => {
    const region = (name: string): ContextEntry[] => [
      { ContextKeyName: "aws:RequestedRegion", ContextKeyType: "string", ContextKeyValues: [name] },
    ];
    assert.equal((await ask(["ec2:DescribeVpcs"], undefined, region("eu-west-1")))[0]?.[2], "allowed");
    assert.equal((await ask(["ec2:DescribeVpcs"], undefined, region("us-east-1")))[0]?.[2], "implicitDeny");
  });

  it("rejects an unknown role and an unknown action", async () => {
    const PolicySourceArn = "arn:aws:iam::123456789012:role/nobody";
    const missing = new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ["s3:GetObject"] });
    await assert.rejects(iam.send(missing), { name: "NoSuchEntityException" });
    await assert.rejects(ask(["nothing:Nothing"]), { name: "InvalidInputException", message: /nothing:Nothing/ });
  });

  it("answers AccessDenied if the simulator is not installed", async () => {
    const simulate = simulatePrincipalPolicy({
      roles: { read: async () => undefined },
      simulator: async () => undefined,
    });
    await assert.rejects(simulate(new URLSearchParams()), { type: "AccessDenied", status: 403 });
  });
});
