import assert from "node:assert/strict";
import type { PipelineDefinition } from "../../service-model/definition.ts";
import { stackOutputsSchema } from "../../stack-outputs.ts";
import type { RecordedStack } from "./recorded/record-stack.ts";
import { account, only, record, region } from "./recorded/recorded.ts";
import { refusedConfigurations } from "./refused-configurations.ts";

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Record<string, Record<string, string>>;
}

describe("the stack", function () {
  this.timeout(60_000);
  let dev: RecordedStack;

  before(async () => {
    dev = await record();
    assert.equal(dev.error, undefined);
  });

  it("knows the whole definition, with the stack's names, at the first preview", () => {
    const { pipelineDefinition, pipelineName, roleArn } = only(dev, "aws-native:sagemaker:Pipeline").inputs as {
      pipelineDefinition: { pipelineDefinitionBody: string };
      pipelineName: string;
      roleArn: string;
    };
    assert.equal(pipelineName, "crickets-training-dev");
    assert.equal(roleArn, `arn:aws:iam::${account}:role/training-dev-execution-eu-central-1`);
    const definition = JSON.parse(pipelineDefinition.pipelineDefinitionBody) as PipelineDefinition;
    assert.deepEqual(
      definition.Steps.map(({ Name }) => Name),
      ["SplitChirps", "FitLine", "ScoreLine", "CheckError"],
    );
    assert.equal(definition.Steps[0]?.Arguments["RoleArn"], roleArn);
  });

  it("uploads exactly the code that the definition names to the stack's bucket", () => {
    const body = JSON.stringify(only(dev, "aws-native:sagemaker:Pipeline").inputs["pipelineDefinition"]);
    const uploads = dev.resources.filter(({ type }) => type === "aws:s3/bucketObjectv2:BucketObjectv2");
    const uris = uploads.map(({ inputs }) => `s3://${inputs["bucket"]}/${inputs["key"]}`);
    assert.deepEqual([...new Set(body.match(/s3:\/\/[^"\\]*\/code\/[^"\\]*/g))].sort(), uris.sort());
    for (const uri of uris)
      assert.match(
        uri,
        /^s3:\/\/training-dev-111122223333-eu-central-1\/crickets\/code\/[0-9a-f]{64}\/\w+\.(py|tar\.gz)$/,
      );
  });

  it("makes the bucket private and versioned, and lets it be destroyed with its objects only with forceDestroy", async () => {
    const block = only(dev, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs;
    for (const key of ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"])
      assert.equal(block[key], true, key);
    const versioning = only(dev, "aws:s3/bucketVersioning:BucketVersioning").inputs["versioningConfiguration"];
    assert.deepEqual(versioning, { status: "Enabled" });
    assert.equal(only(dev, "aws:s3/bucket:Bucket").inputs["forceDestroy"], false);
    const disposable = await record({ configuration: { ...region, "sagemaker-training:forceDestroy": "true" } });
    assert.equal(only(disposable, "aws:s3/bucket:Bucket").inputs["forceDestroy"], true);
  });

  it("requires encryption at rest and in transit, disables ACLs, and deletes old versions after 90 days", async () => {
    const setting = (stack: RecordedStack, type: string) => only(stack, `aws:s3/${type}`).inputs;
    assert.deepEqual(setting(dev, "bucketOwnershipControls:BucketOwnershipControls")["rule"], {
      objectOwnership: "BucketOwnerEnforced",
    });
    const { policy } = setting(dev, "bucketPolicy:BucketPolicy") as { policy: string };
    const [statement] = JSON.parse(policy).Statement;
    assert.deepEqual([statement.Effect, statement.Principal, statement.Action], ["Deny", "*", "s3:*"]);
    const arn = `arn:aws:s3:::training-dev-${account}-eu-central-1`;
    assert.deepEqual(statement.Resource, [arn, `${arn}/*`]);
    assert.deepEqual(statement.Condition, { Bool: { "aws:SecureTransport": "false" } });
    const { rules } = setting(dev, "bucketLifecycleConfiguration:BucketLifecycleConfiguration") as {
      rules: readonly Readonly<Record<string, unknown>>[];
    };
    assert.deepEqual(
      rules.map(({ noncurrentVersionExpiration, abortIncompleteMultipartUpload, transitions }) => [
        ...[noncurrentVersionExpiration, abortIncompleteMultipartUpload, transitions],
      ]),
      [
        [{ noncurrentDays: 90 }, { daysAfterInitiation: 7 }, undefined],
        // Other storage classes charge for a minimum object size, or delay reads.
        [undefined, undefined, [{ days: 30, storageClass: "INTELLIGENT_TIERING" }]],
      ],
    );
    assert.deepEqual(
      rules.map(({ expiration }) => expiration),
      [{ expiredObjectDeleteMarker: true }, undefined],
      "no current object ever expires",
    );
    const encryption = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const algorithm = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    assert.deepEqual(setting(dev, encryption)["rules"], [algorithm]);
    assert.equal(
      dev.resources.some(({ type }) => type.includes("BucketLogging")),
      false,
    );
  });

  it("uses the configured KMS key and access log, and lets the role use the key only through S3", async () => {
    const kmsKeyArn = `arn:aws:kms:eu-central-1:${account}:key/1234`;
    const own = { "sagemaker-training:kmsKeyArn": kmsKeyArn, "sagemaker-training:accessLogBucket": "logs" };
    const stack = await record({ configuration: { ...region, ...own } });
    const encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const [rule] = only(stack, encryption).inputs["rules"] as { applyServerSideEncryptionByDefault: object }[];
    assert.deepEqual(rule?.applyServerSideEncryptionByDefault, { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn });
    const logging = only(stack, "aws:s3/bucketLogging:BucketLogging").inputs;
    assert.deepEqual(
      [logging["targetBucket"], logging["targetPrefix"]],
      ["logs", `training-dev-${account}-eu-central-1/`],
    );
    const { policy } = only(stack, "aws:iam/rolePolicy:RolePolicy").inputs as { policy: string };
    const statement = (JSON.parse(policy).Statement as Statement[]).find(({ Sid }) => Sid === "UseKeysOfObjects");
    assert.deepEqual(statement?.Resource, [kmsKeyArn]);
    assert.deepEqual(statement?.Condition, { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } });
  });

  it("protects the bucket and the model package group unless forceDestroy is set", async () => {
    const kept = (stack: RecordedStack) =>
      stack.resources.filter(({ protect }) => protect).map(({ type }) => type.split(":").at(-1));
    assert.deepEqual(kept(dev), ["Bucket", "ModelPackageGroup"]);
    const forceDestroy = { "sagemaker-training:forceDestroy": "true" };
    assert.deepEqual(kept(await record({ configuration: { ...region, ...forceDestroy } })), []);
  });

  it("sets the pipeline's parallelism to the configured maxParallelExecutionSteps", async () => {
    const pipelines = '{"crickets":{"maxParallelExecutionSteps":2}}';
    const stack = await record({ configuration: { ...region, "sagemaker-training:pipelines": pipelines } });
    const parallelism = (of: RecordedStack) =>
      only(of, "aws-native:sagemaker:Pipeline").inputs["parallelismConfiguration"];
    assert.deepEqual([parallelism(dev), parallelism(stack)], [undefined, { maxParallelExecutionSteps: 2 }]);
  });

  it("loads only the parts of the provider packages that it uses", () => {
    assert.ok(dev.modules.includes("@pulumi/aws/s3/bucket.js"), "modules are seen");
    const roots = ["@pulumi/aws/index.js", "@pulumi/aws-native/index.js"];
    assert.deepEqual(
      roots.filter((root) => dev.modules.includes(root)),
      [],
    );
  });

  it("lets only SageMaker assume the execution role, for this account's resources", () => {
    const trust = JSON.parse(String(only(dev, "aws:iam/role:Role").inputs["assumeRolePolicy"])) as {
      Statement: readonly { Principal: unknown; Condition: unknown }[];
    };
    assert.deepEqual(
      trust.Statement.map(({ Principal, Condition }) => ({ Principal, Condition })),
      [
        {
          Principal: { Service: "sagemaker.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": `arn:aws:sagemaker:eu-central-1:${account}:*` },
          },
        },
      ],
    );
  });

  it("lets the execution role pass only itself, register only pending models, and access only the stack's bucket", () => {
    const policy = JSON.parse(String(only(dev, "aws:iam/rolePolicy:RolePolicy").inputs["policy"])) as {
      Statement: readonly Statement[];
    };
    const allowing = (action: string) => policy.Statement.filter(({ Action }) => Action.includes(action));
    const [pass, ...furtherPass] = allowing("iam:PassRole");
    assert.deepEqual(furtherPass, []);
    assert.deepEqual(pass?.Resource, [`arn:aws:iam::${account}:role/training-dev-execution-eu-central-1`]);
    assert.deepEqual(pass?.Condition, { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } });
    const [register, ...furtherRegister] = allowing("sagemaker:CreateModelPackage");
    assert.deepEqual(furtherRegister, []);
    assert.deepEqual(register?.Condition, {
      StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" },
    });
    assert.deepEqual(allowing("sagemaker:UpdateModelPackage"), []);
    const s3 = policy.Statement.filter(({ Action }) => Action.some((action) => action.startsWith("s3:")));
    const bucket = "arn:aws:s3:::training-dev-111122223333-eu-central-1";
    for (const { Resource } of s3)
      for (const arn of Resource) assert.ok(arn === bucket || arn.startsWith(`${bucket}/crickets/`));
    for (const { Action } of policy.Statement) for (const action of Action) assert.doesNotMatch(action, /\*/);
  });

  it("exports outputs that match the schema, with the configured thresholds and approveModels", async () => {
    const outputs = stackOutputsSchema.parse(dev.outputs);
    assert.equal(outputs.approveModels, false);
    assert.equal(
      outputs.pipelines["crickets"]?.arn,
      `arn:aws:sagemaker:eu-central-1:${account}:pipeline/crickets-training-dev`,
    );
    const own = JSON.stringify({
      crickets: { ceiling: 5, absoluteTolerance: 0.1, inputDataUrl: "s3://bucket/crickets.csv" },
    });
    const configured = await record({
      configuration: { ...region, "sagemaker-training:approveModels": "true", "sagemaker-training:pipelines": own },
    });
    const { approveModels, pipelines } = stackOutputsSchema.parse(configured.outputs);
    assert.equal(approveModels, true);
    assert.equal(pipelines["crickets"]?.gate?.ceiling, 5);
    assert.deepEqual(pipelines["crickets"]?.gate?.tolerance, { relative: 0.02, absolute: 0.1 });
    assert.deepEqual(pipelines["crickets"]?.gate?.configured, ["ceiling", "absoluteTolerance"]);
    assert.deepEqual(outputs.pipelines["crickets"]?.gate?.configured, []);
    const { inputs } = only(configured, "aws-native:sagemaker:Pipeline");
    const { pipelineDefinitionBody } = inputs["pipelineDefinition"] as { pipelineDefinitionBody: string };
    const defaults = Object.fromEntries(
      (JSON.parse(pipelineDefinitionBody) as PipelineDefinition).Parameters.map(({ Name, DefaultValue }) => [
        Name,
        DefaultValue,
      ]),
    );
    assert.equal(defaults["ErrorCeiling"], 5);
    assert.equal(defaults["InputDataUrl"], "s3://bucket/crickets.csv");
  });

  it("gives two stacks of an account different names for all resources", async () => {
    const names = ({ resources }: RecordedStack) =>
      resources.flatMap(({ inputs }) =>
        ["bucket", "pipelineName", "modelPackageGroupName", "name"].flatMap((key) =>
          inputs["role"] === undefined && typeof inputs[key] === "string" ? [inputs[key]] : [],
        ),
      );
    const other = new Set(names(await record({ stack: "other" })));
    assert.deepEqual(
      names(dev).filter((name) => other.has(name)),
      [],
    );
  });

  for (const [what, request, message] of refusedConfigurations)
    it(`rejects ${what} before anything is created`, async () => {
      const { error, resources } = await record(request);
      assert.match(error ?? "no error", message);
      assert.deepEqual(resources, []);
    });
});
