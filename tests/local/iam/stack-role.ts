import assert from "node:assert/strict";
import { join } from "node:path";
import {
  CreatePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import type { PolicyStatement } from "../../../infra/permissions/policy.ts";
import { startEndpoint } from "../../../local/endpoint.ts";
import { selectPipeline } from "../../../scripts/stack/read-outputs.ts";
import { deployedState } from "../../fresh-clone/deployed-state.ts";
import { clients, type Followed, follow, type LocalAws, start, temporaryFolder } from "../local-aws.ts";
import { pythons, warmPythons } from "../pythons.ts";

export interface Policy {
  readonly Version: string;
  readonly Statement: readonly (Omit<PolicyStatement, "Effect"> & { readonly Effect: "Allow" | "Deny" })[];
}

/** The stack of `npm start` on an endpoint with `authorize`, and the stack's execution role. */
export class StackRole {
  readonly aws: LocalAws;
  readonly iam: IAMClient;
  readonly arn: string;
  readonly bucket: string;
  readonly pipeline: string;
  readonly #data: string;

  private constructor(
    aws: LocalAws,
    iam: IAMClient,
    made: Pick<StackRole, "arn" | "bucket" | "pipeline">,
    data: string,
  ) {
    this.aws = aws;
    this.iam = iam;
    this.arn = made.arn;
    this.bucket = made.bucket;
    this.pipeline = made.pipeline;
    this.#data = data;
  }

  static async make(log: (line: string) => void): Promise<StackRole> {
    const { copyTo, outputs, data } = await deployedState();
    const folder = await temporaryFolder();
    copyTo(folder);
    const state = join(folder, "state");
    const prepared = { pythons: await pythons(), warm: warmPythons() };
    const endpoint = await startEndpoint({ port: 0, state, ...prepared, authorize: true, log });
    const { url } = endpoint;
    const aws = { ...clients(url), faults: endpoint.faults, url, state: folder, close: () => endpoint.close() };
    const { name } = selectPipeline(outputs, "crickets");
    const made = { arn: outputs.roleArn, bucket: outputs.artifactBucket, pipeline: name };
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    return new StackRole(aws, new IAMClient({ endpoint: url, region: outputs.region, credentials }), made, data);
  }

  get #name(): string {
    return this.arn.split("/").at(-1) ?? "";
  }

  async policy(): Promise<Policy> {
    const answer = await this.iam.send(new GetRolePolicyCommand({ RoleName: this.#name, PolicyName: "execution" }));
    return JSON.parse(decodeURIComponent(answer.PolicyDocument ?? ""));
  }

  async putPolicy(policy: Policy): Promise<void> {
    const PolicyDocument = JSON.stringify(policy);
    const role = { RoleName: this.#name, PolicyName: "execution", PolicyDocument };
    await this.iam.send(new PutRolePolicyCommand(role));
  }

  async trust(): Promise<string> {
    const { Role } = await this.iam.send(new GetRoleCommand({ RoleName: this.#name }));
    return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
  }

  async putTrust(PolicyDocument: string): Promise<void> {
    await this.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: this.#name, PolicyDocument }));
  }

  /** Creates a customer-managed policy and returns its ARN. */
  async makePolicy(PolicyName: string, policy: Policy): Promise<string> {
    const PolicyDocument = JSON.stringify(policy);
    const { Policy: made } = await this.iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
    return made?.Arn ?? assert.fail("the policy has no ARN");
  }

  /** Starts an execution and waits for its end. */
  async run(): Promise<Followed> {
    return follow(this.aws, await start(this.aws, this.pipeline, { InputDataUrl: this.#data }));
  }

  /** Starts an execution and returns the failure reasons of its steps. */
  async reasons(): Promise<readonly string[]> {
    const { steps } = await this.run();
    return Object.values(steps).flatMap(({ FailureReason }) => FailureReason ?? []);
  }
}

/** Returns a copy of a policy in which no statement allows an action. */
export function without(policy: Policy, action: string): Policy {
  const Statement = policy.Statement.map((statement) => ({
    ...statement,
    Action: statement.Action.filter((own) => own !== action),
  }));
  assert.notDeepEqual(Statement, policy.Statement, `the role has no ${action}`);
  return { ...policy, Statement: Statement.filter(({ Action }) => Action.length > 0) };
}
