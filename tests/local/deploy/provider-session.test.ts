import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFileSync } from "node:fs";
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
import { FreshClone } from "../../fresh-clone/fresh-clone.ts";
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
  let clone: FreshClone;

  /** Registers the resources of the program, as the stack `local`. */
  async function program(): Promise<readonly Registered[]> {
    const { configuration } = readStackFile(clone.folder, "local");
    const request = JSON.stringify({ stack: "local", account: "123456789012", configuration });
    const args = ["--import", "tsx", "tests/infra/recorded/record-stack.ts", request];
    const options = { cwd: clone.folder, maxBuffer: 64 * 1024 * 1024, env: { PATH: process.env["PATH"] ?? "" } };
    const { stdout } = await promisify(execFile)(process.execPath, args, options);
    const recorded = JSON.parse(stdout) as RecordedStack;
    assert.equal(recorded.error, undefined);
    return recorded.resources.map(({ type, name, inputs }) => ({ type, name, inputs }));
  }

  before(async () => {
    clients = providerClients(aws);
    // Uploaded code remains for earlier executions and is deleted with the bucket.
    engine = new PlayedEngine(playedResources(clients), [upload]);
    clone = await FreshClone.make();
  });
  after(() => clone.remove());

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
    appendFileSync(join(clone.folder, "pipelines/crickets/score.py"), "# edited\n");
    const steps = await engine.up(await program());
    const withoutHash = steps.map((step) => step.replace(/[0-9a-f]{64}/, "HASH"));
    assert.deepEqual(withoutHash.sort(), [
      `create ${upload} crickets/crickets/code/HASH/score.py`,
      `delete ${upload} crickets/crickets/code/HASH/score.py`,
      "update aws-native:sagemaker:Pipeline crickets",
    ]);
    const added = (await objects()).filter((key) => !before.includes(key));
    assert.match(added.join(" "), /^crickets\/code\/[0-9a-f]{64}\/score\.py$/);
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
