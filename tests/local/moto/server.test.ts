import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateRoleCommand, GetRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { bucket, put } from "../local-aws.ts";
import { restartLocalAws, useLocalAws } from "../use-local-aws.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

describe("S3 and IAM on the endpoint", () => {
  const aws = useLocalAws();

  const journalLines = async () => (await readFile(join(aws.state, "aws-journal.jsonl"), "utf8")).split("\n").length;
  const text = async (key: string, from = bucket) => {
    const object = await aws.s3.send(new GetObjectCommand({ Bucket: from, Key: key }));
    return object.Body?.transformToString();
  };

  it("keep a multipart upload and its metadata after a restart", async function () {
    this.timeout(30_000);
    const parts = [randomBytes(5 * 1024 * 1024), randomBytes(1000)];
    const upload = { Bucket: bucket, Key: "big/file with ünicode +.bin" };
    const { UploadId } = await aws.s3.send(
      new CreateMultipartUploadCommand({ ...upload, ContentType: "text/x", Metadata: { note: "kept" } }),
    );
    const Parts = [];
    for (const [index, Body] of parts.entries()) {
      const PartNumber = index + 1;
      const { ETag } = await aws.s3.send(new UploadPartCommand({ ...upload, UploadId, PartNumber, Body }));
      Parts.push({ ETag, PartNumber });
    }
    await aws.s3.send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload: { Parts } }));
    await restartLocalAws(aws);
    const object = await aws.s3.send(new GetObjectCommand(upload));
    const bytes = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
    const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");
    assert.equal(sha256(bytes), sha256(Buffer.concat(parts)));
    assert.equal(object.ContentType, "text/x");
    assert.deepEqual(object.Metadata, { note: "kept" });
  });

  it("keep versions, deletions, roles and policies after a restart", async () => {
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await aws.s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
    for (const version of ["1", "2"]) await put(aws, "versioned", version);
    await put(aws, "deleted", "x");
    await aws.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: "deleted" }));
    const iam = () => new IAMClient({ endpoint: aws.url, region: "us-east-1", credentials });
    const role = { RoleName: "runner" };
    const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
    await iam().send(new CreateRoleCommand({ ...role, AssumeRolePolicyDocument: "{}" }));
    await iam().send(new PutRolePolicyCommand({ ...role, PolicyName: "p", PolicyDocument: policy }));
    await restartLocalAws(aws);
    assert.equal(await text("versioned"), "2");
    const versions = await aws.s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: "versioned" }));
    assert.equal(versions.Versions?.length, 2);
    await assert.rejects(text("deleted"), { name: "NoSuchKey" });
    assert.equal((await iam().send(new GetRoleCommand(role))).Role?.Arn, "arn:aws:iam::123456789012:role/runner");
  });

  it("keep two versions of the same content, and the deletion of a version, after a restart", async () => {
    const versions = async () => {
      const list = await aws.s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: "twice" }));
      return list.Versions?.map(({ VersionId, IsLatest }) => ({ VersionId, IsLatest }));
    };
    for (const content of ["same", "same", "gone"]) await put(aws, "twice", content);
    const [latest] = (await versions()) ?? [];
    await aws.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: "twice", VersionId: latest?.VersionId }));
    const before = await versions();
    assert.equal(before?.length, 2);
    await restartLocalAws(aws);
    assert.deepEqual(await versions(), before);
  });

  it("keep a change that was requested by GET with a query after a restart", async () => {
    const authorization = "AWS4-HMAC-SHA256 Credential=test/20261124/us-east-1/iam/aws4_request";
    const action = "Action=CreateRole&RoleName=by-get&AssumeRolePolicyDocument=%7B%7D&Version=2010-05-08";
    assert.equal((await fetch(`${aws.url}/?${action}`, { headers: { authorization } })).status, 200);
    await restartLocalAws(aws);
    const iam = new IAMClient({ endpoint: aws.url, region: "us-east-1", credentials });
    assert.equal((await iam.send(new GetRoleCommand({ RoleName: "by-get" }))).Role?.RoleName, "by-get");
  });

  it("journal neither reads nor rejected requests, and compact repeated puts at a restart", async () => {
    const plain = "without-versions";
    const same = (Body: string) => aws.s3.send(new PutObjectCommand({ Bucket: plain, Key: "same", Body }));
    await aws.s3.send(new CreateBucketCommand({ Bucket: plain }));
    await same("content");
    const lines = await journalLines();
    await text("same", plain);
    await assert.rejects(text("none"));
    const iam = new IAMClient({ endpoint: aws.url, region: "us-east-1", credentials });
    await assert.rejects(iam.send(new GetRoleCommand({ RoleName: "nobody" })));
    await assert.rejects(iam.send(new CreateRoleCommand({ RoleName: "runner", AssumeRolePolicyDocument: "{}" })));
    assert.equal(await journalLines(), lines);
    for (const content of ["content", "other", "content"]) await same(content);
    assert.ok((await journalLines()) > lines);
    await restartLocalAws(aws);
    assert.equal(await text("same", plain), "content");
    assert.ok((await journalLines()) <= lines);
  });
});
