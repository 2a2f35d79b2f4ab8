import assert from "node:assert/strict";
import { definitionBody } from "#language";
import { executionPermissions } from "../../../infra/permissions/execution-permissions.ts";
import type { PipelineContext } from "../../../pipelines/training-pipeline.ts";
import type { ParameterDefinition, PipelineDefinition } from "../../../service-model/definition.ts";
import { getPipeline } from "../../pipelines-under-test/crickets/pipeline.ts";
import { account, allowed, context, hostile, refused, region, role, type Step, sagemaker } from "./permission-cases.ts";

function definition(steps: readonly Step[], Parameters: readonly ParameterDefinition[] = []): PipelineDefinition {
  return {
    Version: "2020-12-01",
    Metadata: {},
    Parameters,
    Steps: steps.map(([Type, Arguments, members], index) => ({ Name: `Step${index}`, Type, Arguments, ...members })),
  };
}

function derive(made: PipelineDefinition, more: { readonly kmsKeyArn?: string } = {}) {
  return executionPermissions([{ folder: "p", definition: made, prefix: "p" }], { ...context, ...more });
}

/** Returns `<action> <resource>` for every statement. */
function pairs(steps: readonly Step[], parameters?: readonly ParameterDefinition[]): readonly string[] {
  return derive(definition(steps, parameters)).statements.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => Resource.map((resource) => `${action} ${resource}`)),
  );
}

describe("the execution role's permissions", () => {
  for (const [what, step, expected, parameters] of allowed)
    it(`allow ${what}`, () => {
      const allowed = pairs([step], parameters);
      assert.deepEqual(
        expected.filter((pair) => !allowed.includes(pair)),
        [],
      );
    });

  it("allow nothing for steps without needs", () => {
    assert.deepEqual(derive(definition([["Fail", { ErrorMessage: "no" }]])).statements, []);
    const actions = new Set(
      pairs([["Lambda", {}, { FunctionArn: "arn:aws:lambda:eu-west-1:111122223333:function:f" }]]).map(
        (pair) => pair.split(" ")[0],
      ),
    );
    assert.deepEqual([...actions], ["lambda:InvokeFunction"]);
    const training = pairs([["Training", {}]]);
    for (const other of [/ProcessingJob/, /ec2:/, /kms:/, /iam:/, /ecr:/, /ModelPackage/, /s3:PutObject/])
      assert.equal(
        training.some((pair) => other.test(pair)),
        false,
        String(other),
      );
  });

  it("have a condition on every action that would be harmful without it", () => {
    const key = `arn:aws:kms:${region}:${account}:key/1`;
    const { statements } = derive(
      definition([
        ["Training", { RoleArn: role, ResourceConfig: { VolumeKmsKeyId: key }, VpcConfig: { Subnets: ["subnet-1"] } }],
        ["RegisterModel", { ModelPackageGroupName: "g", ModelApprovalStatus: "PendingManualApproval" }],
      ]),
      { kmsKeyArn: key },
    );
    const conditions = Object.fromEntries(
      statements.flatMap(({ Sid, Condition }) => (Condition ? [[Sid, Condition]] : [])),
    );
    assert.deepEqual(conditions, {
      PassRoleToJobs: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
      RegisterPendingModels: { StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
      ListObjects: { StringLike: { "s3:prefix": "p/*" } },
      UseKeysOfObjects: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
      GrantKeysOfVolumes: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      WriteMetrics: {
        StringEquals: { "cloudwatch:namespace": ["/aws/sagemaker/TrainingJobs", "/aws/sagemaker/TransformJobs"] },
      },
      UseInterfacesOfJobs: { ArnLike: { "ec2:Subnet": `arn:aws:ec2:${region}:*:subnet/subnet-1` } },
    });
  });

  for (const [what, step] of hostile)
    it(`do not allow ${what}`, () => {
      const beyond = derive(definition([step])).statements.filter(
        ({ Sid, Resource }) =>
          String(Resource) !== "arn:aws:s3:::artifacts/p/executions/*" &&
          !/^(Run\w+s|ReadObjects|ListObjects|LocateBuckets|WriteLogs|WriteMetrics|LogInToRegistry)\d*$/.test(Sid),
      );
      assert.deepEqual(beyond, []);
      const text = JSON.stringify(derive(definition([step])).statements);
      assert.doesNotMatch(text, /\?|\$\{aws|:key\/\*|job\/\*/);
    });

  it("allow only jobs named pipelines-* if a job's name is known only during an execution", () => {
    for (const TrainingJobName of ["*", "", { Get: "Execution.PipelineExecutionId" }])
      assert.deepEqual(
        derive(definition([["Training", { TrainingJobName }]])).statements.find(({ Sid }) => Sid === "RunTrainingJobs")
          ?.Resource,
        [`${sagemaker}:training-job/pipelines-*`],
      );
  });

  it("escape the characters of an S3 key that are special in policies", () => {
    const allowed = pairs([["Processing", { ProcessingInputs: [{ S3Input: { S3Uri: "s3://lake/a?b/$c*" } }] }]]);
    assert.ok(allowed.includes(`s3:GetObject arn:aws:s3:::lake/a\${?}b/\${$}c\${*}*`), allowed.join("\n"));
  });

  for (const place of ["", "p", "p/code", "p/co", "p/data/x", "other/executions"])
    it(`report an output at s3://artifacts/${place} as not allowed`, () => {
      const output = { OutputDataConfig: { S3OutputPath: `s3://artifacts/${place}` } };
      const { problems } = derive(definition([["Training", output]]));
      assert.match(
        problems.join("\n"),
        /writes to s3:\/\/artifacts\/.*, which can contain code, data or another pipeline's files; write below/,
      );
    });

  it("are derived quickly from a value with many combinations of parameters", () => {
    const ten = Array.from({ length: 10 }, (_, index) => `v${index}`);
    const parameters = ["A", "B", "C", "D", "E", "F"].map(
      (Name): ParameterDefinition => ({ Name, Type: "String", EnumValues: ten }),
    );
    const Values = ["s3://artifacts/p/executions", ...parameters.map(({ Name }) => ({ Get: `Parameters.${Name}` }))];
    const step: Step = ["Training", { OutputDataConfig: { S3OutputPath: { "Std:Join": { On: "/", Values } } } }];
    const written = pairs([step], parameters).filter((pair) => pair.startsWith("s3:PutObject"));
    assert.ok(written.length > 1 && written.length <= 100, `${written.length} places`);
  });

  for (const [what, step, message] of refused)
    it(`report ${what} as impossible to allow`, () => {
      const { problems } = derive(definition([step]));
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", message);
    });

  it("cover all pipelines of a stack in one policy, each with its own S3 locations", () => {
    const one = (prefix: string) => {
      const crickets: PipelineContext = {
        ...{ region, bucket: "artifacts", prefix, roleArn: role, pipelineName: prefix, modelPackageGroupName: prefix },
      };
      return { folder: prefix, prefix, definition: JSON.parse(definitionBody(getPipeline(crickets).pipeline)) };
    };
    const both = executionPermissions([one("north"), one("south")], context);
    assert.deepEqual(both.problems, []);
    const statement = (sid: string) => both.statements.find(({ Sid }) => Sid === sid);
    assert.deepEqual(statement("WriteObjects")?.Resource, [
      "arn:aws:s3:::artifacts/north/executions/*",
      "arn:aws:s3:::artifacts/south/executions/*",
    ]);
    assert.deepEqual(statement("ListObjects")?.Condition, { StringLike: { "s3:prefix": ["north/*", "south/*"] } });
    const sids = both.statements.map(({ Sid }) => Sid);
    assert.deepEqual(sids, [...new Set(sids)]);
  });

  it("report permissions that exceed IAM's quotas", () => {
    const many = Array.from({ length: 400 }, (_, index) => ({
      folder: `p${index}`,
      prefix: `p${index}`,
      definition: definition([
        ["RegisterModel", { ModelPackageGroupName: `group-${index}`, ModelApprovalStatus: "x" }],
      ]),
    }));
    const { problems } = executionPermissions(many, context);
    assert.match(
      problems[0] ?? "",
      /^the execution role: its permissions need \d+ managed policies besides its own, but IAM accepts 10 /,
    );
  });
});
