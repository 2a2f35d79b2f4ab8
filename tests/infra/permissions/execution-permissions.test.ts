import assert from "node:assert/strict";
import { definitionBody } from "#language";
import { executionPermissions } from "../../../infra/permissions/execution-permissions.ts";
import { getPipeline } from "../../../pipelines/abalone/pipeline.ts";
import type { PipelineContext } from "../../../pipelines/training-pipeline.ts";
import type { Json, ParameterDefinition, PipelineDefinition } from "../../../service-model/definition.ts";

const account = "111122223333";
const region = "eu-west-1";
const context = { partition: "aws", region, account, bucketName: "artifacts" };
const role = `arn:aws:iam::${account}:role/execution`;
const image = `${account}.dkr.ecr.${region}.amazonaws.com/team/forecast:3`;

type Step = readonly [type: string, args: { readonly [key: string]: Json }, members?: { readonly [key: string]: Json }];

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

const sagemaker = `arn:aws:sagemaker:${region}:${account}`;

describe("the execution role's permissions", () => {
  const allowed: readonly (readonly [string, Step, readonly string[], (readonly ParameterDefinition[])?])[] = [
    [
      "jobs of one kind, with the names that SageMaker gives to pipelines' jobs",
      ["Transform", {}],
      [`sagemaker:CreateTransformJob ${sagemaker}:transform-job/pipelines-*`],
    ],
    [
      "jobs of one kind, with the name that the step chooses",
      [
        "Training",
        { TrainingJobName: { "Std:Join": { On: "-", Values: ["forecast", { Get: "Execution.StartDateTime" }] } } },
      ],
      [`sagemaker:StopTrainingJob ${sagemaker}:training-job/forecast-*`],
    ],
    [
      "tuning jobs",
      ["Tuning", {}],
      [`sagemaker:CreateHyperParameterTuningJob ${sagemaker}:hyper-parameter-tuning-job/pipelines-*`],
    ],
    [
      "pulling from the repository of a custom image",
      ["Training", { AlgorithmSpecification: { TrainingImage: image } }],
      [`ecr:BatchGetImage arn:aws:ecr:${region}:${account}:repository/team/forecast`],
    ],
    [
      "pulling from the repository of every image that a parameter allows",
      ["Processing", { AppSpecification: { ImageUri: { Get: "Parameters.Image" } } }],
      [
        `ecr:BatchGetImage arn:aws:ecr:${region}:${account}:repository/a`,
        `ecr:BatchGetImage arn:aws:ecr:${region}:${account}:repository/b`,
      ],
      [
        {
          Name: "Image",
          Type: "String",
          DefaultValue: image.replace("team/forecast", "a"),
          EnumValues: ["a", "b"].map((name) => image.replace("team/forecast", name)),
        },
      ],
    ],
    [
      "reading only the object that a parameter's default names, if it is in another bucket",
      ["Processing", { ProcessingInputs: [{ S3Input: { S3Uri: { Get: "Parameters.Data" } } }] }],
      [
        "s3:GetObject arn:aws:s3:::lake/abalone.csv*",
        "s3:GetObject arn:aws:s3:::artifacts/p/*",
        "s3:ListBucket arn:aws:s3:::lake",
        "s3:GetBucketLocation arn:aws:s3:::lake",
      ],
      [{ Name: "Data", Type: "String", DefaultValue: "s3://lake/abalone.csv" }],
    ],
    [
      "describing the KMS keys of a job's output and volume, without a condition",
      [
        "Training",
        {
          OutputDataConfig: { KmsKeyId: `arn:aws:kms:${region}:${account}:key/1` },
          ResourceConfig: { VolumeKmsKeyId: `arn:aws:kms:${region}:${account}:key/2` },
        },
      ],
      [
        `kms:DescribeKey arn:aws:kms:${region}:${account}:key/1`,
        `kms:DescribeKey arn:aws:kms:${region}:${account}:key/2`,
      ],
    ],
    [
      "writing below the known beginning of an output's URI",
      [
        "Training",
        {
          OutputDataConfig: {
            S3OutputPath: {
              "Std:Join": { On: "/", Values: ["s3://models/p", { Get: "Execution.PipelineExecutionId" }, "m"] },
            },
          },
        },
      ],
      ["s3:PutObject arn:aws:s3:::models/p/*"],
    ],
    [
      "registering in the model package group, with its name as given and in lower case",
      ["RegisterModel", { ModelPackageGroupName: "Forecast", ModelApprovalStatus: "PendingManualApproval" }],
      [
        `sagemaker:CreateModelPackage ${sagemaker}:model-package/Forecast/*`,
        `sagemaker:CreateModelPackage ${sagemaker}:model-package/forecast/*`,
      ],
    ],
    [
      "invoking one function",
      ["Lambda", {}, { FunctionArn: `arn:aws:lambda:${region}:${account}:function:tell` }],
      [`lambda:InvokeFunction arn:aws:lambda:${region}:${account}:function:tell`],
    ],
    [
      "sending to one queue, given by its URL",
      ["Callback", {}, { SqsQueueUrl: `https://sqs.${region}.amazonaws.com/${account}/people` }],
      [`sqs:SendMessage arn:aws:sqs:${region}:${account}:people`],
    ],
    [
      "the steps inside of conditions and loops",
      [
        "Condition",
        {
          IfSteps: [
            {
              Name: "Loop",
              Type: "ForEach",
              Arguments: { ForEachBody: [{ Name: "Train", Type: "Training", Arguments: {} }] },
            },
          ],
          ElseSteps: [{ Name: "Model", Type: "Model", Arguments: {} }],
        },
      ],
      [
        `sagemaker:CreateTrainingJob ${sagemaker}:training-job/pipelines-*`,
        `sagemaker:CreateModel ${sagemaker}:model/pipelines-*`,
      ],
    ],
    [
      "network interfaces in the jobs' subnets",
      ["Training", { VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] } }],
      [
        `ec2:CreateNetworkInterface arn:aws:ec2:${region}:*:subnet/subnet-1`,
        `ec2:CreateNetworkInterface arn:aws:ec2:${region}:*:security-group/sg-1`,
        `ec2:DeleteNetworkInterface arn:aws:ec2:${region}:${account}:network-interface/*`,
      ],
    ],
    ["passing only the job's own role", ["Training", { RoleArn: role }], [`iam:PassRole ${role}`]],
  ];
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
      WriteMetrics: { StringEquals: { "cloudwatch:namespace": "/aws/sagemaker/TrainingJobs" } },
      UseInterfacesOfJobs: { ArnLike: { "ec2:Subnet": `arn:aws:ec2:${region}:*:subnet/subnet-1` } },
    });
  });

  const hostile: readonly (readonly [string, Step])[] = [
    ["a pattern of functions", ["Lambda", {}, { FunctionArn: `arn:aws:lambda:${region}:${account}:function:*` }]],
    [
      "a function from another step's output",
      ["Lambda", {}, { FunctionArn: { Get: "Steps.S.OutputParameters['f']" } }],
    ],
    ["a pattern of queues", ["Callback", {}, { SqsQueueUrl: `https://sqs.${region}.amazonaws.com/${account}/????` }]],
    [
      "a pattern of model package groups",
      ["RegisterModel", { ModelPackageGroupName: "*", ModelApprovalStatus: "PendingManualApproval" }],
    ],
    ["a pattern of roles", ["Training", { RoleArn: `arn:aws:iam::${account}:role/?????` }]],
    [
      "a role with a policy variable in its name",
      ["Training", { RoleArn: `arn:aws:iam::${account}:role/\${aws:PrincipalTag/x}` }],
    ],
    ["another account's role", ["Training", { RoleArn: "arn:aws:iam::999999999999:role/admin" }]],
    [
      "passing a role that is only a value of an environment variable or hyperparameter",
      ["Training", { Environment: { RoleArn: role }, HyperParameters: { ExecutionRoleArn: role } }],
    ],
    [
      "pulling an image that is only a value of an environment variable",
      ["Training", { Environment: { Image: image } }],
    ],
    [
      "a KMS key that is only a value of an environment variable",
      ["Training", { Environment: { KmsKeyId: `arn:aws:kms:${region}:${account}:key/1` } }],
    ],
    ["a pattern of KMS keys", ["Training", { OutputDataConfig: { KmsKeyId: "arn:aws:kms:*:111122223333:key/*" } }]],
    ["a pattern of subnets", ["Training", { VpcConfig: { Subnets: ["subnet-*"], SecurityGroupIds: ["sg-?"] } }]],
    [
      "a pattern of images",
      ["Training", { AlgorithmSpecification: { TrainingImage: `${account}.dkr.ecr.${region}.amazonaws.com/????` } }],
    ],
    ["a pattern of buckets", ["Processing", { ProcessingInputs: [{ S3Input: { S3Uri: "s3://????/x" } }] }]],
    [
      "a bucket with a policy variable in its name",
      ["Processing", { ProcessingInputs: [{ S3Input: { S3Uri: `s3://\${aws:PrincipalAccount}/x` } }] }],
    ],
    [
      "writing to an S3 URI that is only a value of an environment variable",
      ["Training", { Environment: { OUTPUT: "s3://prod/models" } }],
    ],
  ];
  for (const [what, step] of hostile)
    it(`do not allow ${what}`, () => {
      const beyond = derive(definition([step])).statements.filter(
        ({ Sid }) =>
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

  const refused: readonly (readonly [string, Step, RegExp])[] = [
    [
      "an image that is known only during an execution",
      ["Training", { AlgorithmSpecification: { TrainingImage: { Get: "Parameters.Image" } } }],
      /^pipeline p, step Step0, AlgorithmSpecification\.TrainingImage: the image is known only during an execution, .*; give a URI, or a parameter with a default$/,
    ],
    [
      "an output in a bucket that is known only during an execution",
      ["Training", { OutputDataConfig: { S3OutputPath: { Get: "Parameters.Place" } } }],
      /^pipeline p, step Step0, OutputDataConfig\.S3OutputPath: the bucket is known only during an execution, .*; begin the URI with s3:\/\/BUCKET\/PREFIX$/,
    ],
    [
      "a function that is known only during an execution",
      ["Lambda", {}, { FunctionArn: { Get: "Parameters.Function" } }],
      /^pipeline p, step Step0: its function or queue is known only during an execution; configure sagemakerPipelineRoleArn/,
    ],
    [
      "a step of an unsupported type",
      ["EMR", {}],
      /^pipeline p, step Step0: the permissions of steps of type EMR are unknown; configure sagemakerPipelineRoleArn/,
    ],
  ];
  for (const [what, step, message] of refused)
    it(`report ${what} as impossible to allow`, () => {
      const { problems } = derive(definition([step]));
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", message);
    });

  it("cover all pipelines of a stack in one policy, each with its own S3 locations", () => {
    const one = (prefix: string) => {
      const abalone: PipelineContext = {
        ...{ region, bucket: "artifacts", prefix, roleArn: role, pipelineName: prefix, modelPackageGroupName: prefix },
      };
      return { folder: prefix, prefix, definition: JSON.parse(definitionBody(getPipeline(abalone).pipeline)) };
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
