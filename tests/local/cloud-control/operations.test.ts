import assert from "node:assert/strict";
import { CreateModelPackageCommand, DescribePipelineCommand } from "@aws-sdk/client-sagemaker";
import { discard, type LocalAws, startLocalAws } from "../local-aws.ts";

/** What the real aws-native provider sends, byte for byte but for the tokens. */
const state = (message: string, tag: string) =>
  JSON.stringify({
    ParallelismConfiguration: { MaxParallelExecutionSteps: 4 },
    PipelineDefinition: { PipelineDefinitionBody: body(message) },
    PipelineDescription: "d",
    PipelineDisplayName: "Abalone",
    PipelineName: "Abalone-dev",
    RoleArn: "arn:aws:iam::123456789012:role/abalone-dev",
    Tags: [{ Key: "stack", Value: tag }],
  });
const body = (ErrorMessage: string) =>
  JSON.stringify({
    Version: "2020-12-01",
    Metadata: {},
    Parameters: [],
    Steps: [{ Name: "Stop", Type: "Fail", Arguments: { ErrorMessage } }],
  });

interface ProgressEvent {
  readonly [name: string]: string;
}

describe("cloud control", () => {
  let aws: LocalAws;
  before(async function () {
    this.timeout(180_000);
    aws = await startLocalAws();
  });
  after(() => discard(aws));

  async function call(operation: string, input: object) {
    const response = await fetch(aws.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `CloudApiService.${operation}`,
        authorization:
          "AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/cloudcontrolapi/aws4_request, SignedHeaders=host, Signature=0",
      },
      body: JSON.stringify(input),
    });
    assert.equal(response.headers.get("content-type"), "application/x-amz-json-1.0");
    return { status: response.status, body: (await response.json()) as Record<string, never> };
  }

  /** Sends a request and waits for its end, as the provider does. */
  async function done(operation: string, input: object): Promise<ProgressEvent> {
    const begun = (await call(operation, input)).body["ProgressEvent"] as unknown as ProgressEvent;
    assert.equal(begun["OperationStatus"], "IN_PROGRESS");
    const end = await call("GetResourceRequestStatus", { RequestToken: begun["RequestToken"] });
    return end.body["ProgressEvent"] as unknown as ProgressEvent;
  }

  async function read(TypeName: string, Identifier: string) {
    const { body: answer } = await call("GetResource", { TypeName, Identifier });
    const description = answer["ResourceDescription"] as unknown as { Identifier: string; Properties: string };
    return JSON.parse(description.Properties);
  }

  it("creates, reads, updates and deletes a pipeline", async () => {
    const TypeName = "AWS::SageMaker::Pipeline";
    const created = await done("CreateResource", { ClientToken: "c1", TypeName, DesiredState: state("v1", "a") });
    assert.equal(created["OperationStatus"], "SUCCESS");
    assert.equal(created["Identifier"], "Abalone-dev");
    assert.equal(created["Operation"], "CREATE");
    assert.deepEqual(await read(TypeName, "Abalone-dev"), JSON.parse(state("v1", "a")));

    const PatchDocument = JSON.stringify([
      { op: "replace", path: "/PipelineDefinition", value: { PipelineDefinitionBody: body("v3") } },
      { op: "replace", path: "/Tags", value: [{ Key: "stack", Value: "b" }] },
    ]);
    const updated = await done("UpdateResource", {
      ClientToken: "c2",
      Identifier: "Abalone-dev",
      TypeName,
      PatchDocument,
    });
    assert.equal(updated["OperationStatus"], "SUCCESS");
    assert.deepEqual(await read(TypeName, "Abalone-dev"), JSON.parse(state("v3", "b")));
    const described = await aws.sagemaker.send(new DescribePipelineCommand({ PipelineName: "Abalone-dev" }));
    assert.equal(described.PipelineDefinition, body("v3"));

    await done("DeleteResource", { ClientToken: "c3", Identifier: "Abalone-dev", TypeName });
    const missing = await call("GetResource", { TypeName, Identifier: "Abalone-dev" });
    assert.equal(missing.status, 400);
    assert.equal(missing.body["__type"], "ResourceNotFoundException");
  });

  it("replaces a model package group whose description changes, but not one that holds packages", async () => {
    const TypeName = "AWS::SageMaker::ModelPackageGroup";
    const desired = (text: string) =>
      JSON.stringify({
        ModelPackageGroupDescription: text,
        ModelPackageGroupName: "abalone-dev",
        Tags: [{ Key: "stack", Value: "a" }],
      });
    const created = await done("CreateResource", { TypeName, DesiredState: desired("models 1") });
    const Identifier = created["Identifier"] ?? "";
    assert.equal(Identifier, "arn:aws:sagemaker:us-east-1:123456789012:model-package-group/abalone-dev");
    const properties = await read(TypeName, Identifier);
    assert.equal(properties.ModelPackageGroupDescription, "models 1");
    assert.deepEqual(properties.Tags, [{ Key: "stack", Value: "a" }]);

    const PatchDocument = JSON.stringify([{ op: "replace", path: "/ModelPackageGroupDescription", value: "models 2" }]);
    const refused = await done("UpdateResource", { TypeName, Identifier, PatchDocument });
    assert.equal(refused["OperationStatus"], "FAILED");
    assert.equal(refused["ErrorCode"], "NotUpdatable");

    const again = await done("CreateResource", { TypeName, DesiredState: desired("models 2") });
    assert.equal(again["ErrorCode"], "AlreadyExists");

    await aws.sagemaker.send(new CreateModelPackageCommand({ ModelPackageGroupName: "abalone-dev" }));
    const kept = await done("DeleteResource", { TypeName, Identifier });
    assert.equal(kept["OperationStatus"], "FAILED");
    assert.match(kept["StatusMessage"] ?? "", /still contains model packages/);
  });

  it("does nothing twice for the same client token", async () => {
    const TypeName = "AWS::SageMaker::ModelPackageGroup";
    const input = { ClientToken: "same", TypeName, DesiredState: '{"ModelPackageGroupName":"once"}' };
    const [first, second] = [await call("CreateResource", input), await call("CreateResource", input)];
    assert.deepEqual(second.body, first.body);
  });

  const errors: readonly [string, string, object, string][] = [
    ["another type", "GetResource", { TypeName: "AWS::S3::Bucket", Identifier: "b" }, "TypeNotFoundException"],
    ["another operation", "ListResources", { TypeName: "AWS::SageMaker::Pipeline" }, "UnsupportedActionException"],
    ["an unknown request", "GetResourceRequestStatus", { RequestToken: "no" }, "RequestTokenNotFoundException"],
    [
      "a state that is no JSON",
      "CreateResource",
      { TypeName: "AWS::SageMaker::Pipeline", DesiredState: "{" },
      "ValidationException",
    ],
  ];
  for (const [title, operation, input, type] of errors) {
    it(`refuses ${title}`, async () => {
      const answer = await call(operation, input);
      assert.equal(answer.status, 400);
      assert.equal(answer.body["__type"], type);
    });
  }
});
