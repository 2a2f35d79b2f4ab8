import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
} from "@aws-sdk/client-s3";
import {
  CreateModelPackageCommand,
  DescribePipelineCommand,
  ListModelPackageGroupsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { type DeployResult, deploy } from "../../../local/deploy/deploy.ts";
import type { ProgramAnswer } from "../../../local/deploy/deploy-program.ts";
import { clientEnvironment } from "../../../local/state/process-environment.ts";
import { repository } from "../../../scripts/local-stack/folders.ts";
import { AskedProcess } from "../../fresh-clone/asked-process.ts";
import { useLocalAws } from "../use-local-aws.ts";
import type { HostedRequest } from "./program-host.ts";

const imports = `
import * as pulumi from "@pulumi/pulumi";
import { Bucket, BucketObjectv2, BucketVersioning } from "@pulumi/aws/s3/index.js";
`;
const withBucket = (more: string) => `${imports}
const bucket = new Bucket("b", { bucket: "deployed-bucket", forceDestroy: true });
const versioning = new BucketVersioning("v", { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } });
${more}
`;

const host = fileURLToPath(new URL("program-host.ts", import.meta.url));

describe("deploying a Pulumi program to the local endpoint", function () {
  this.timeout(60_000);
  const aws = useLocalAws({ bucket: false });
  const hosted = new AskedProcess<HostedRequest, ProgramAnswer>(host, {});
  let folder: string;
  let programs = 0;

  before(async () => {
    // Below the repository, so that the program finds the node modules.
    mkdirSync(join(repository, ".local"), { recursive: true });
    folder = mkdtempSync(join(repository, ".local", "program-"));
    writeFileSync(join(folder, "Pulumi.test.yaml"), "config:\n  program:colour: red\n  program:sizes: [1, 2]\n");
  });
  after(() => {
    hosted.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes a program to a new file, because a process loads each file once. */
  function write(program: string): void {
    programs += 1;
    writeFileSync(join(folder, `program-${programs}.ts`), program);
    writeFileSync(join(folder, "Pulumi.yaml"), `name: program\nmain: program-${programs}.ts\nruntime: nodejs\n`);
  }

  /** Deploys a program in a process that has deployed others. */
  async function run(program: string, stack = "test"): Promise<DeployResult> {
    write(program);
    const environment = clientEnvironment(aws.url, "us-east-1", process.env);
    const answer = await hosted.ask({ environment, folder, stack, stateFile: join(aws.state, `${stack}.json`) });
    if ("error" in answer) throw new Error(answer.error);
    return answer;
  }

  /** Deploys the program that was written last, as `npm start` does. */
  function deployAlone(): Promise<DeployResult> {
    return deploy({ folder, stack: "test", stateFile: join(aws.state, "test.json"), url: aws.url });
  }

  async function keys(): Promise<readonly (string | undefined)[]> {
    const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket: "deployed-bucket" }));
    return Contents.map(({ Key }) => Key).sort();
  }

  describe("with every kind of resource", () => {
    const program = withBucket(`
      import { pathToFileURL } from "node:url";
      import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity.js";
      import { CodeUpload } from "../../infra/code-upload.ts";
      import { DeployedPipeline } from "../../infra/deployed-pipeline.ts";
      import { codeAsset, lambdaStep, pipeline, sourceFolder, textAsset } from "#language";
      const configuration = new pulumi.Config();
      export const stack = pulumi.getStack();
      export const colour = configuration.require("colour");
      export const sizes = configuration.requireObject("sizes");
      export const account = (await getCallerIdentity()).accountId;
      for (const content of ["1", "2"])
        new BucketObjectv2(\`object-\${content}\`, {
          bucket: bucket.bucket, key: "key-" + content, source: new pulumi.asset.FileAsset(import.meta.filename),
        }, { dependsOn: versioning });
      const location = { bucket: "deployed-bucket", prefix: "p" };
      const here = pathToFileURL(import.meta.filename);
      const assets = [
        codeAsset(here, location), sourceFolder(new URL("./", here), location), textAsset("x.sh", "true\\n", location),
      ];
      new CodeUpload("code", { bucketName: bucket.bucket, assets }, { dependsOn: versioning });
      export const code = assets.map(({ key }) => key).sort();
      const roleArn = "arn:aws:iam::123456789012:role/r";
      for (const [name, length] of [["short", 200_000], ["long", 400_000]]) {
        const context = { region: "us-east-1", ...location, roleArn, pipelineName: name, modelPackageGroupName: name };
        const step = lambdaStep("L", { functionArn: "f", inputs: { text: "x".repeat(length) } });
        new DeployedPipeline(
          name,
          { pipeline: pipeline(name, { steps: [step], description: "d", maxParallelExecutionSteps: 3 }), context, ownsGroup: true, protectModels: false, tags: {} },
          { dependsOn: [bucket, versioning] },
        );
      }
    `);
    let deployed: DeployResult;
    before(async () => {
      write(program);
      deployed = await deployAlone();
    });

    it("passes the stack and configuration to the program, and returns its outputs", () => {
      const { code: _, ...outputs } = deployed.outputs;
      assert.deepEqual(outputs, { stack: "test", colour: "red", sizes: [1, 2], account: "123456789012" });
    });

    it("creates all resources on the endpoint in the order of their dependencies, even those that no output uses", async () => {
      const command = new ListObjectVersionsCommand({ Bucket: "deployed-bucket", Prefix: "key-" });
      const { Versions } = await aws.s3.send(command);
      assert.deepEqual(
        Versions?.map(({ Key }) => Key),
        ["key-1", "key-2"],
      );
    });

    it("uploads code from files, texts and folders", async () => {
      const code = deployed.outputs["code"] as readonly string[];
      assert.deepEqual(
        (await keys()).filter((key) => key?.startsWith("p/code/") && !key.endsWith("/pipeline-definition.json")),
        code,
      );
      const Key = code.find((key) => key.endsWith("/x.sh"));
      const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: "deployed-bucket", Key }));
      assert.equal(await Body?.transformToString(), "true\n");
    });

    it("deploys a long definition from S3, and a short one inline", async () => {
      for (const [name, length] of [
        ["short", 200_000],
        ["long", 400_000],
      ] as const) {
        const described = await aws.sagemaker.send(new DescribePipelineCommand({ PipelineName: name }));
        assert.ok((described.PipelineDefinition?.length ?? 0) > length);
        assert.equal(described.PipelineDescription, "d");
        assert.deepEqual(described.ParallelismConfiguration, { MaxParallelExecutionSteps: 3 });
      }
      assert.equal((await keys()).filter((key) => key?.endsWith("/pipeline-definition.json")).length, 1);
    });

    it("makes no changes when it is deployed again", async () => {
      const { created } = deployed.counts;
      const { counts } = await deployAlone();
      assert.deepEqual(counts, { created: 0, updated: 0, deleted: 0, unchanged: created });
    });
  });

  it("moves regional resources to another region, and deletes registered models only with forceDestroy", async () => {
    const program = `
      import { ModelPackageGroup } from "@pulumi/aws-native/sagemaker/modelPackageGroup.js";
      new ModelPackageGroup("g", { modelPackageGroupName: "moved" });
    `;
    const deployTo = (region: string, more = "") => {
      writeFileSync(join(folder, "Pulumi.moved.yaml"), `config:\n  aws:region: ${region}\n${more}`);
      return run(program, "moved");
    };
    const groups = async (region: string) => {
      const client = new SageMakerClient({
        endpoint: aws.url,
        region,
        credentials: { accessKeyId: "a", secretAccessKey: "b" },
      });
      const { ModelPackageGroupSummaryList = [] } = await client.send(
        new ListModelPackageGroupsCommand({ NameContains: "moved" }),
      );
      return ModelPackageGroupSummaryList.map(({ ModelPackageGroupName }) => ModelPackageGroupName);
    };
    await deployTo("us-east-1");
    await aws.sagemaker.send(new CreateModelPackageCommand({ ModelPackageGroupName: "moved" }));
    await assert.rejects(
      deployTo("eu-west-1"),
      /deleting aws-native:sagemaker:ModelPackageGroup g: .*still contains model/,
    );
    assert.deepEqual(await groups("eu-west-1"), ["moved"]);
    await deployTo("eu-west-1", "  program:forceDestroy: true\n");
    assert.deepEqual([await groups("us-east-1"), await groups("eu-west-1")], [[], ["moved"]]);
  });

  describe("after a change of the code", () => {
    const program = (text: string, objects = "", forceDestroy = true) =>
      withBucket(`
        import { CodeUpload } from "../../infra/code-upload.ts";
        import { textAsset } from "#language";
        const asset = textAsset("x.sh", ${JSON.stringify(text)}, { bucket: "deployed-bucket", prefix: "p" });
        new CodeUpload("code", { bucketName: bucket.bucket, assets: [asset] }, { dependsOn: versioning });
        export const key = asset.key;
        const object = (key, options) =>
          new BucketObjectv2(key, { bucket: bucket.bucket, key, content: key }, { dependsOn: versioning, ...options });
        const group = new pulumi.ComponentResource("test:index:Group", "group", {}, { retainOnDelete: true });
        const inner = new pulumi.ComponentResource("test:index:Group", "inner", {}, { parent: group });
        ${objects}
      `).replace("forceDestroy: true", `forceDestroy: ${forceDestroy}`);
    const kept: unknown[] = ["inherited", "own"];

    it("keeps resources with retainOnDelete, set on the resource or inherited from its parent", async () => {
      await run(imports);
      const objects = `
        object("own", { retainOnDelete: true });
        object("none", {});
        object("inherited", { parent: inner });
        object("refused", { parent: inner, retainOnDelete: false });
      `;
      kept.push((await run(program("1", objects))).outputs["key"]);
      const { outputs, counts } = await run(program("2"));
      kept.push(outputs["key"]);
      assert.equal(counts.deleted, 2);
    });

    it("keeps the code of earlier executions and models", async () => {
      kept.push((await run(program("3", "", false))).outputs["key"]);
      assert.deepEqual(await keys(), [...kept].sort());
    });

    it("fails to delete the bucket with objects in it without forceDestroy", async () => {
      await assert.rejects(run(imports), /deleting aws:s3\/bucket:Bucket b: BucketNotEmpty/);
      assert.deepEqual(await keys(), [...kept].sort());
    });

    it("deletes a bucket with its objects and forceDestroy when the bucket is removed from the program", async () => {
      await run(program("3", `object("last", {});`));
      const { counts } = await run(imports);
      assert.equal(counts.deleted, 3);
      assert.deepEqual((await aws.s3.send(new ListBucketsCommand())).Buckets, []);
    });
  });

  const failing: readonly (readonly [string, string, RegExp])[] = [
    ["an error of the program", 'throw new Error("no such colour");', /^no such colour$/],
    ["a program that does not compile", "const = 1;", /(Expected identifier|Transform failed)/],
    [
      "a resource type without a handler",
      'import { Queue } from "@pulumi/aws/sqs/index.js"; new Queue("jobs");',
      /^aws:sqs\/queue:Queue jobs: the local deploy has no handler/,
    ],
    [
      "a resource that cannot be created",
      `${imports} new BucketObjectv2("o", { bucket: "no-such-bucket", key: "k", source: new pulumi.asset.FileAsset(import.meta.filename) });`,
      /^aws:s3\/bucketObjectv2:BucketObjectv2 o: NoSuchBucket: /,
    ],
    ["a missing configuration", `${imports} new pulumi.Config().require("shape");`, /shape/],
  ];
  for (const [what, program, message] of failing)
    it(`fails with a one-line error after ${what}`, async () => {
      await assert.rejects(run(program), (error: Error) => {
        assert.match(error.message.split("\n")[0] ?? "", message);
        return true;
      });
    });

  it("names the deploy in the error of a program that fails in its own process", async () => {
    write('throw new Error("no such colour");');
    await assert.rejects(deployAlone(), { message: "Deploying to the local endpoint failed: no such colour" });
  });
});
