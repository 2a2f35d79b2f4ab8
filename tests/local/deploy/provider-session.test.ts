import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { ListModelPackageGroupsCommand, ListPipelinesCommand } from "@aws-sdk/client-sagemaker";
import { readStackFile } from "../../../local/deploy/stack-file.ts";
import { repository } from "../../../scripts/local-stack/folders.ts";
import type { RecordedStack } from "../../infra/recorded/record-stack.ts";
import { PlayedEngine, type Registered } from "../providers/played-engine.ts";
import type { ProviderClients } from "../providers/played-resource.ts";
import { playedResources, providerClients } from "../providers/played-resources.ts";
import { useLocalAws } from "../use-local-aws.ts";

const upload = "aws:s3/bucketObjectv2:BucketObjectv2";

describe("the stack, deployed with the calls of the real providers", function () {
  this.timeout(120_000);
  const aws = useLocalAws({ bucket: false });
  let clients: ProviderClients;
  let engine: PlayedEngine;
  /** An editable copy of the program. It is below the repository, so that it finds the node modules. */
  let tree: string;

  /** Registers the resources of the program, as the stack `local`. */
  async function program(): Promise<readonly Registered[]> {
    const { configuration } = readStackFile(repository, "local");
    const request = JSON.stringify({ stack: "local", account: "123456789012", configuration });
    const args = ["--import", "tsx", join(tree, "tests/infra/recorded/record-stack.ts"), request];
    const options = { cwd: repository, maxBuffer: 64 * 1024 * 1024, env: { PATH: process.env["PATH"] ?? "" } };
    const { stdout } = await promisify(execFile)(process.execPath, args, options);
    const recorded = JSON.parse(stdout) as RecordedStack;
    assert.equal(recorded.error, undefined);
    return recorded.resources.map(({ type, name, inputs }) => ({ type, name, inputs }));
  }

  before(async () => {
    clients = providerClients(aws);
    // Uploaded code remains for earlier executions and is deleted with the bucket.
    engine = new PlayedEngine(playedResources(clients), [upload]);
    mkdirSync(join(repository, ".local"), { recursive: true });
    tree = mkdtempSync(join(repository, ".local", "session-"));
    for (const path of [
      "index.ts",
      "stack-outputs.ts",
      "package.json",
      "infra",
      "pipelines",
      "language",
      "service-model",
      "tests/infra",
    ])
      cpSync(join(repository, path), join(tree, path), { recursive: true });
  });
  after(async () => {
    rmSync(tree, { recursive: true, force: true });
  });

  it("previews exactly the resources that it then creates, without calling AWS", async () => {
    const resources = await program();
    const steps = engine.preview(resources);
    assert.deepEqual(
      steps,
      resources.map(({ type, name }) => `create ${type} ${name}`),
    );
    assert.deepEqual((await aws.s3.send(new ListBucketsCommand())).Buckets, []);
    assert.deepEqual(await engine.up(resources), steps);
  });

  it("makes no changes when it is deployed twice", async () => {
    assert.deepEqual(await engine.up(await program()), []);
  });

  it("reads every resource back with its inputs", async () => {
    assert.deepEqual(await engine.refresh(), []);
  });

  it("updates only the code and the pipeline after the script of a step was edited", async () => {
    const objects = async () => {
      const Bucket = (await aws.s3.send(new ListBucketsCommand())).Buckets?.[0]?.Name;
      return (await aws.s3.send(new ListObjectVersionsCommand({ Bucket }))).Versions?.map(({ Key }) => Key) ?? [];
    };
    const before = await objects();
    appendFileSync(join(tree, "pipelines/abalone/evaluate.py"), "# edited\n");
    const steps = await engine.up(await program());
    const withoutHash = steps.map((step) => step.replace(/[0-9a-f]{64}/, "HASH"));
    assert.deepEqual(withoutHash.sort(), [
      `create ${upload} abalone/abalone/code/HASH/evaluate.py`,
      `delete ${upload} abalone/abalone/code/HASH/evaluate.py`,
      "update aws-native:sagemaker:Pipeline abalone",
    ]);
    const added = (await objects()).filter((key) => !before.includes(key));
    assert.match(added.join(" "), /^abalone\/code\/[0-9a-f]{64}\/evaluate\.py$/);
    assert.equal((await objects()).length, before.length + 1);
    assert.deepEqual(await engine.refresh(), []);
  });

  it("detects changes that somebody else made", async () => {
    const Bucket = (await aws.s3.send(new ListBucketsCommand())).Buckets?.[0]?.Name;
    const { Policy } = await aws.s3.send(new GetBucketPolicyCommand({ Bucket }));
    await aws.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    const differences = (await engine.refresh()).map(({ resource, read }) => [resource, read]);
    assert.deepEqual(differences, [["aws:s3/bucketPolicy:BucketPolicy artifacts", undefined]]);
    await aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    assert.deepEqual(await engine.refresh(), []);
  });

  it("deletes every resource when it is destroyed", async () => {
    await engine.destroy();
    assert.deepEqual((await aws.s3.send(new ListBucketsCommand())).Buckets, []);
    assert.deepEqual((await clients.iam.send(new ListRolesCommand())).Roles, []);
    assert.deepEqual((await aws.sagemaker.send(new ListPipelinesCommand())).PipelineSummaries, []);
    assert.deepEqual((await aws.sagemaker.send(new ListModelPackageGroupsCommand())).ModelPackageGroupSummaryList, []);
  });
});
