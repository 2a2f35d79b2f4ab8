import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { startEndpoint } from "../../../local/endpoint.ts";
import { clients, type LocalAws, makeBucket, role, temporaryFolder } from "../local-aws.ts";
import { pythons, warmPythons } from "../pythons.ts";

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const RoleName = role.split("/").at(-1);
const trust = { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" };
const document = (Statement: object) => JSON.stringify({ Version: "2012-10-17", Statement });

/** An endpoint with `authorize`, and with a role and a bucket for tests. */
export interface CheckedAws extends LocalAws {
  /** Replaces the role's inline policy. */
  allow(...statements: readonly Statement[]): Promise<void>;
  /** Attaches a managed policy to the role. */
  attach(PolicyArn: string): Promise<void>;
  detach(PolicyArn: string): Promise<void>;
  makeRole(): Promise<void>;
  deleteRole(): Promise<void>;
}

export async function startCheckedAws(log?: (line: string) => void): Promise<CheckedAws> {
  const state = await temporaryFolder();
  const options = { warm: warmPythons(), ...(log === undefined ? {} : { log }) };
  const endpoint = await startEndpoint({ port: 0, state, pythons: await pythons(), authorize: true, ...options });
  const { url } = endpoint;
  const aws = { ...clients(url), faults: endpoint.faults, url, state, close: () => endpoint.close() };
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const iam = new IAMClient({ endpoint: url, region: "us-east-1", credentials });
  const makeRole = async () => {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document([trust]) }));
  };
  await makeRole();
  await makeBucket(aws);
  return {
    ...aws,
    makeRole,
    async allow(...statements) {
      const policy = { RoleName, PolicyName: "own", PolicyDocument: document(statements) };
      await iam.send(new PutRolePolicyCommand(policy));
    },
    async attach(PolicyArn) {
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    },
    async detach(PolicyArn) {
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    },
    async deleteRole() {
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "own" }));
      await iam.send(new DeleteRoleCommand({ RoleName }));
    },
  };
}
