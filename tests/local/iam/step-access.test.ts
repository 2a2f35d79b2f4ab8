import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Authorizer } from "../../../local/iam/authorizer.ts";
import { deniedJob } from "../../../local/iam/job-access.ts";
import { RecordedCalls, readRecordedCalls } from "../../../local/iam/recorded-calls.ts";
import { RoleCalls } from "../../../local/iam/role-calls.ts";
import { installedSimulator } from "../../../local/iam/simulator.ts";
import { createForStep, createModelForStep, type StepOfRoles } from "../../../local/iam/step-access.ts";
import type { Json } from "../../../service-model/definition.ts";
import { image } from "../definitions.ts";
import { role } from "../local-aws.ts";

const account = "123456789012";
const arn = (resource: string) => `arn:aws:sagemaker:us-east-1:${account}:${resource}`;
const session = `User: arn:aws:sts::${account}:assumed-role/test`;
const container = { Image: image, ModelDataUrl: "s3://b/model.tar.gz" };
const model = { PrimaryContainer: container, ExecutionRoleArn: role };

describe("a step whose role allows all actions but one", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "calls-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = () => join(folder, "calls.jsonl");
  const simulator = installedSimulator(assert.fail);

  /** Returns the calls of a role that allows all actions but one. */
  function callsWithout(action: string): RoleCalls {
    const trust = { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" };
    const own = { Effect: "Allow", NotAction: action, Resource: "*" };
    const policy = (statement: object) => ({ Version: "2012-10-17", Statement: [statement] });
    const policies = { arn: role, id: "AROA1", tags: {}, trust: policy(trust), boundary: undefined };
    const identity = [{ name: "own", policy: policy(own) }];
    const options = { simulator: () => simulator, bucketPolicy: () => undefined, log: assert.fail };
    const roles = { read: async (asked: string) => (asked === role ? { ...policies, identity } : undefined) };
    return new RoleCalls(new RecordedCalls(file(), assert.fail), new Authorizer({ ...options, roles }));
  }

  function step(calls: RoleCalls, args: { readonly [name: string]: Json }): StepOfRoles {
    const execution = { id: "abc123def456", region: "us-east-1", roleArn: role, pipelineName: "p" };
    const rest = { pipelineArn: arn("pipeline/p"), arn: arn("pipeline/p/execution/abc123def456") };
    return {
      execution: { ...execution, ...rest } as unknown as StepOfRoles["execution"],
      step: { Name: "AStepWithALongNameIndeed" },
      arguments: args,
      services: { calls },
    };
  }

  const pipeline = `${session}/sagemaker-pipeline-abc123def456-AStepWithALongNameIn is not authorized to perform: `;
  const none = (action: string) => `because no identity-based policy allows the ${action} action`;

  const models: readonly (readonly [string, string])[] = [
    [
      "sagemaker:CreateModel",
      `ClientError: Failed to invoke sagemaker:CreateModel. Error Details: ${pipeline}sagemaker:CreateModel on resource: ${arn("model/m")} ${none("sagemaker:CreateModel")}`,
    ],
    [
      "iam:PassRole",
      `ClientError: Failed to invoke sagemaker:CreateModel. Error Details: ${pipeline}iam:PassRole on resource: ${role} ${none("iam:PassRole")}`,
    ],
    [
      "s3:GetObject",
      `ClientError: Failed to invoke sagemaker:CreateModel. Error Details: Could not access model data at s3://b/model.tar.gz. Please ensure that the role "${role}" exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com". Also ensure that the role has "s3:GetObject" permissions and that the object is located in us-east-1. ${session}/SageMaker is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/model.tar.gz" ${none("s3:GetObject")}`,
    ],
    [
      "sagemaker:DescribeModel",
      `ClientError: Failed to invoke sagemaker:DescribeModel. Error Details: ${pipeline}sagemaker:DescribeModel on resource: ${arn("model/m")} ${none("sagemaker:DescribeModel")}`,
    ],
  ];
  for (const [action, message] of models)
    it(`cannot create a model without ${action}`, async () => {
      await assert.rejects(
        createModelForStep(step(callsWithout(action), model), "m", arn("model/m"), [container.ModelDataUrl]),
        { message },
      );
    });

  it("cannot create a transform job without sagemaker:CreateTransformJob, and makes no iam:PassRole call", async () => {
    const calls = callsWithout("sagemaker:CreateTransformJob");
    await assert.rejects(
      createForStep(step(calls, { ModelName: "m" }), "TransformJob", arn("transform-job/t")),
      /^Error: ClientError: Failed to invoke sagemaker:CreateTransformJob\. .*sagemaker:CreateTransformJob on resource: \S+:transform-job\/t /,
    );
    assert.ok(readRecordedCalls(file()).every(({ action }) => action !== "iam:PassRole"));
  });

  it("fails its transform job without ecr:BatchGetImage, and records SageMaker's own calls", async () => {
    const calls = callsWithout("ecr:BatchGetImage");
    const job = { name: "t", arn: arn("transform-job/t"), role, members: { ...model, TransformResources: {} } };
    const end = await deniedJob(calls, "TransformJob", job);
    assert.equal(end?.status, "Failed");
    assert.match(
      end?.failureReason ?? "",
      /^ClientError: Cannot pull algorithm container\. .* ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:683313688378:repository\/sagemaker-xgboost /,
    );
    assert.equal(await deniedJob(callsWithout("ecr:PutImage"), "TransformJob", job), undefined);
    const resources = readRecordedCalls(file()).map(({ resource }) => resource);
    assert.ok(resources.includes(`arn:aws:logs:us-east-1:${account}:log-group:/aws/sagemaker/TransformJobs`));
  });
});
