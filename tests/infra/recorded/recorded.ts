import assert from "node:assert/strict";
import { join } from "node:path";
import { AskedProcess } from "../../fresh-clone/asked-process.ts";
import { FreshClone } from "../../fresh-clone/fresh-clone.ts";
import type { RecordedResource, RecordedStack, StackRequest } from "./record-stack.ts";

/** The default account of recorded stacks. */
export const account = "111122223333";
export const region = { "aws:region": "eu-central-1" };

/** A configuration with every setting. */
export const everything: Readonly<Record<string, string>> = {
  ...region,
  "sagemaker-training:account": account,
  "sagemaker-training:kmsKeyArn": `arn:aws:kms:eu-central-1:${account}:key/1234`,
  "sagemaker-training:accessLogBucket": "access-logs",
  "sagemaker-training:permissionsBoundaryArn": `arn:aws:iam::${account}:policy/boundary`,
  "sagemaker-training:subnetIds": '["subnet-0a0a0a0a", "subnet-0b0b0b0b"]',
  "sagemaker-training:securityGroupIds": '["sg-0a0a0a0a"]',
  "sagemaker-training:tags": '{"team":"growth"}',
  "sagemaker-training:notificationEmails": '["training@example.com"]',
  "sagemaker-training:jobLogRetentionDays": "365",
  "sagemaker-training:github": JSON.stringify({
    ...{ repository: "octo-org/octo-repo", repositoryId: 456789, ownerId: 123456 },
    ...{ stateBackend: "s3://pulumi-state", devStacks: true },
  }),
  "sagemaker-training:pipelines": JSON.stringify({
    crickets: {
      inputDataUrl: "s3://lake/crickets.csv",
      image: `${account}.dkr.ecr.eu-central-1.amazonaws.com/team/xgboost:3`,
      trainingInstanceType: "ml.g5.xlarge",
      schedule: "cron(0 3 ? * MON *)",
      scheduleTimezone: "Europe/Berlin",
    },
  }),
};

let recorder: Promise<AskedProcess<StackRequest, RecordedStack>> | undefined;

async function makeRecorder(): Promise<AskedProcess<StackRequest, RecordedStack>> {
  const { folder } = await FreshClone.shared();
  const program = join(folder, "tests", "infra", "recorded", "record-stack.ts");
  return new AskedProcess(program, { env: { PATH: process.env["PATH"] } });
}

/** Runs `index.ts` of a clone, with the tests' pipeline, under Pulumi's mocks; by default as the stack `dev`. */
export async function record(request: Partial<StackRequest> = {}): Promise<RecordedStack> {
  recorder ??= makeRecorder();
  return (await recorder).ask({ stack: "dev", account, configuration: region, ...request });
}

/** Returns the only resource of a type. @throws AssertionError if there are none or several */
export function only(recorded: RecordedStack, type: string): RecordedResource {
  const resources = recorded.resources.filter((resource) => resource.type === type);
  assert.equal(resources.length, 1, `${resources.length} resources of type ${type}`);
  return resources[0] as RecordedResource;
}

/** Returns all permissions of a role as one policy: of its inline policy, and of the managed ones that are attached to it. */
export function rolePolicy(resources: readonly RecordedResource[], role: string): string {
  const policies = resources.filter(({ type, name }) =>
    type === "aws:iam/policy:Policy"
      ? new RegExp(`^${role}-\\d$`).test(name)
      : type === "aws:iam/rolePolicy:RolePolicy" && name === role,
  );
  const Statement = policies.flatMap(({ inputs }) => JSON.parse(String(inputs["policy"])).Statement);
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
