import assert from "node:assert/strict";
import { trustsSageMaker } from "../../infra/adopted-trust.ts";
import type { PipelineDefinition } from "../../service-model/definition.ts";
import { stackOutputsSchema } from "../../stack-outputs.ts";
import { account, only, record, rolePolicy } from "./recorded/recorded.ts";

const roleArn = `arn:aws:iam::${account}:role/service-role/SageMakerPipelines`;
const projectArn = `arn:aws:sagemaker:eu-central-1:${account}:project/rings`;

const simulation = "aws:iam/getPrincipalPolicySimulation:getPrincipalPolicySimulation";
const roleLookup = "aws:iam/getRole:getRole";
const tagging = "aws:resourcegroupstaggingapi/getResources:getResources";

/** The environment variables that AWS's template sets in a SageMaker project's repository. */
const environment = {
  ARTIFACT_BUCKET: "arn:aws:s3:::sagemaker-project-p-1",
  AWS_DEV_ACCOUNT_NUMBER: account,
  SAGEMAKER_PIPELINE_ROLE_ARN: roleArn,
  SAGEMAKER_PROJECT_ARN: projectArn,
  SAGEMAKER_PROJECT_ID: "p-1",
  SAGEMAKER_PROJECT_NAME: "rings",
  SAGEMAKER_PROJECT_NAME_ID: "rings-p-1",
};

const trusting = (Principal: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  });

const answers = {
  [roleLookup]: { assumeRolePolicy: trusting({ Service: ["lambda.amazonaws.com", "sagemaker.amazonaws.com"] }) },
  [simulation]: { results: [{ actionName: "ecr:BatchGetImage", allowed: false }] },
  [tagging]: {
    resourceTagMappingLists: [
      { resourceArn: projectArn, tags: { team: "growth", "aws:servicecatalog:productArn": "arn:aws:catalog:x" } },
    ],
  },
};

describe("a stack in an existing SageMaker project", function () {
  this.timeout(60_000);

  it("uses the project's bucket and role, with its own prefix in the bucket", async () => {
    const stack = await record({ environment, answers });
    assert.equal(stack.error, undefined);
    const types = new Set(stack.resources.map(({ type }) => type));
    assert.deepEqual(
      [...types].filter((type) => /^aws:(iam|s3\/bucket[A-Z:](?!bject))/.test(type)),
      [],
    );
    const { pipelineName, roleArn: used } = only(stack, "aws-native:sagemaker:Pipeline").inputs;
    assert.deepEqual([pipelineName, used], ["rings-p-1", roleArn]);
    assert.equal(only(stack, "aws-native:sagemaker:ModelPackageGroup").inputs["modelPackageGroupName"], "rings-p-1");
    for (const { inputs } of stack.resources.filter(({ type }) => type.includes("bucketObjectv2"))) {
      assert.equal(inputs["bucket"], "sagemaker-project-p-1");
      assert.match(String(inputs["key"]), /^rings-p-1\/code\//);
    }
    const outputs = stackOutputsSchema.parse(stack.outputs);
    assert.deepEqual(
      [outputs.artifactBucket, outputs.roleArn, outputs.pipelines["crickets"]?.prefix],
      ["sagemaker-project-p-1", roleArn, "rings-p-1"],
    );
  });

  it("gives the pipeline, the models and the jobs the tags that Studio needs, and the project's own tags", async () => {
    const stack = await record({
      environment,
      answers,
      configuration: { "aws:region": "eu-central-1", "sagemaker-training:tags": '{"cost-center":"42"}' },
    });
    const expected = {
      "cost-center": "42",
      "sagemaker:project-id": "p-1",
      "sagemaker:project-name": "rings",
      team: "growth",
    };
    const tags = (type: string) =>
      Object.fromEntries(
        (only(stack, type).inputs["tags"] as { key: string; value: string }[]).map(({ key, value }) => [key, value]),
      );
    assert.deepEqual(tags("aws-native:sagemaker:Pipeline"), expected);
    assert.deepEqual(tags("aws-native:sagemaker:ModelPackageGroup"), expected);
    const { pipelineDefinitionBody } = only(stack, "aws-native:sagemaker:Pipeline").inputs["pipelineDefinition"] as {
      pipelineDefinitionBody: string;
    };
    const { Steps } = JSON.parse(pipelineDefinitionBody) as PipelineDefinition;
    const jobs = Steps.filter(({ Type }) => Type === "Processing" || Type === "Training");
    assert.equal(jobs.length, 3);
    for (const { Arguments } of jobs) {
      const list = Arguments["Tags"] as unknown as { Key: string; Value: string }[];
      assert.deepEqual(Object.fromEntries(list.map(({ Key, Value }) => [Key, Value])), expected);
    }
    for (const { type, inputs } of stack.resources.filter(({ type }) => /sns\/topic:|eventRule:/.test(type)))
      assert.deepEqual(inputs["tags"], expected, type);
  });

  it("reports missing tags of the project in one line, and never reads them with another account's credentials", async () => {
    const without = await record({ environment });
    assert.equal(
      without.error,
      `stack configuration, sagemakerProjectArn (environment variable SAGEMAKER_PROJECT_ARN): got ${projectArn}, but AWS did not return its tags (unexpected call of ${tagging}); allow whoever deploys tag:GetResources, or leave it out`,
    );
    const { error = "" } = await record({ environment: { ...environment, AWS_DEV_ACCOUNT_NUMBER: "999999999999" } });
    assert.match(
      error,
      /^stack configuration, account \(environment variable AWS_DEV_ACCOUNT_NUMBER\): this stack belongs to 999999999999/,
    );
    assert.doesNotMatch(error, /unexpected call/);
  });

  it("warns about the permissions that the role lacks", async () => {
    const { log } = await record({ environment, answers });
    const [missing = "", ...others] = log.filter((line) => line.includes(roleArn));
    assert.deepEqual(others, []);
    const policy = JSON.parse(missing.slice(missing.indexOf("{"))) as { Statement: { Action: string[] }[] };
    assert.deepEqual(
      policy.Statement.map(({ Action }) => Action),
      [["ecr:BatchGetImage"]],
    );
    assert.match(
      missing,
      /exists outside this stack, and lacks permissions that the pipelines need; ask its owner to add/,
    );
  });

  it("does not warn about a role with all permissions", async () => {
    const allowing = { ...answers, [simulation]: { results: [{ actionName: "ecr:BatchGetImage", allowed: true }] } };
    const { log } = await record({ environment, answers: allowing });
    assert.deepEqual(
      log.filter((line) => line.includes(roleArn)),
      [],
    );
  });

  it("warns that SageMaker cannot assume the role, and prints the trust policy that its owner needs", async () => {
    const assumeRolePolicy = trusting({ Service: "lambda.amazonaws.com" });
    const { log } = await record({ environment, answers: { ...answers, [roleLookup]: { assumeRolePolicy } } });
    const [said = "", ...others] = log.filter((line) => line.includes(roleArn));
    assert.equal(others.length, 1);
    assert.match(said, /SageMaker cannot assume it for this account's pipelines and jobs; ask its owner/);
    assert.equal(trustsSageMaker(said.slice(said.indexOf("{")), account), true);
  });

  it("prints everything that the role needs if its policies cannot be read", async () => {
    const { [simulation]: _, [roleLookup]: __, ...without } = answers;
    const { log, error } = await record({ environment, answers: without });
    assert.equal(error, undefined);
    const [trust = "", said = ""] = log.filter((line) => line.includes(roleArn));
    assert.match(
      trust,
      /its trust policy cannot be read \(.*unexpected call.*\); the pipelines need this trust policy: \{"Version"/,
    );
    assert.match(said, /cannot be simulated \(.*unexpected call.*\); the pipelines need: \{"Version"/);
    assert.match(said, /sagemaker:CreateTrainingJob/);
  });

  it("uses an existing model package group without creating it", async () => {
    const pipelines = '{"crickets":{"modelPackageGroup":"RingsModels"}}';
    const configuration = { "aws:region": "eu-central-1", "sagemaker-training:pipelines": pipelines };
    const stack = await record({ environment, answers, configuration });
    assert.equal(
      stack.resources.some(({ type }) => type === "aws-native:sagemaker:ModelPackageGroup"),
      false,
    );
    assert.equal(stackOutputsSchema.parse(stack.outputs).pipelines["crickets"]?.modelPackageGroup, "RingsModels");
    assert.match(
      JSON.stringify(only(stack, "aws-native:sagemaker:Pipeline").inputs),
      /ModelPackageGroupName[^,]*RingsModels/,
    );
  });

  it("lets its workflows upload code only below its own prefixes in a shared bucket", async () => {
    const github = '{"repository":"octo-org/octo-repo","repositoryId":456789,"ownerId":123456}';
    const configuration = { "aws:region": "eu-central-1", "sagemaker-training:github": github };
    const { resources } = await record({ environment, answers, configuration });
    const { Statement } = JSON.parse(rolePolicy(resources, "github-deploy")) as {
      Statement: { Action: string[]; Resource: string[] }[];
    };
    const written = Statement.filter(({ Action }) => Action.includes("s3:PutObject")).flatMap(
      ({ Resource }) => Resource,
    );
    const bucket = "arn:aws:s3:::sagemaker-project-p-1";
    assert.deepEqual(written.sort(), [`${bucket}/*-training-dev/code/*`, `${bucket}/rings-p-1/code/*`]);
  });

  it("prefers the stack's configuration over environment variables", async () => {
    const { outputs } = await record({
      environment,
      answers,
      configuration: { "aws:region": "eu-central-1", "sagemaker-training:artifactBucket": "lake" },
    });
    assert.equal(stackOutputsSchema.parse(outputs).artifactBucket, "lake");
  });
});
