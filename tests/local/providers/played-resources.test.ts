import assert from "node:assert/strict";
import { DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { useLocalAws } from "../use-local-aws.ts";
import type { Inputs, PlayedResource } from "./played-resource.ts";
import { playedResources, providerClients } from "./played-resources.ts";

const name = "provider-bucket";
const trust = (account: string) =>
  JSON.stringify({
    Statement: [
      {
        Action: "sts:AssumeRole",
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:sagemaker:us-east-1:${account}:*` } },
        Effect: "Allow",
        Principal: { Service: "sagemaker.amazonaws.com" },
      },
    ],
    Version: "2012-10-17",
  });
const policy = (Sid: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Action: "s3:*", Effect: "Deny", Principal: "*", Resource: `arn:aws:s3:::${name}/*`, Sid }],
  });
const rule = {
  id: "old",
  status: "Enabled",
  filter: { prefix: "" },
  noncurrentVersionExpiration: { noncurrentDays: 90 },
};
const block = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const key = "arn:aws:kms:us-east-1:123456789012:key/1234";
const of = { bucket: name };

/** For each type, the first inputs, and inputs that change the resource without a replacement. */
const changes: readonly (readonly [string, Inputs, Inputs])[] = [
  [
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    { ...of, ...block },
    { ...of, ...block, restrictPublicBuckets: false },
  ],
  [
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { ...of, rule: { objectOwnership: "BucketOwnerPreferred" } },
  ],
  [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    { ...of, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    {
      ...of,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key },
          bucketKeyEnabled: true,
        },
      ],
    },
  ],
  ["aws:s3/bucketPolicy:BucketPolicy", { ...of, policy: policy("One") }, { ...of, policy: policy("Two") }],
  [
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    {
      ...of,
      rules: [
        {
          ...rule,
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          expiration: { expiredObjectDeleteMarker: true },
        },
        {
          id: "b",
          status: "Disabled",
          filter: { prefix: "a/<&>" },
          transitions: [{ days: 30, storageClass: "GLACIER" }],
        },
      ],
    },
    { ...of, rules: [rule], transitionDefaultMinimumObjectSize: "varies_by_storage_class" },
  ],
  [
    "aws:s3/bucketLogging:BucketLogging",
    { ...of, targetBucket: name, targetPrefix: "log/" },
    { ...of, targetBucket: name, targetPrefix: "other/" },
  ],
  [
    "aws:s3/bucketObjectv2:BucketObjectv2",
    { ...of, key: "dir/a b+ü.txt", content: "one" },
    { ...of, key: "dir/a b+ü.txt", content: "two" },
  ],
  [
    "aws:iam/role:Role",
    { name: "provider-role", description: "d", assumeRolePolicy: trust("1"), tags: { a: "1", b: "2" } },
    { name: "provider-role", description: "e", assumeRolePolicy: trust("2"), tags: { b: "3" } },
  ],
  [
    "aws-native:sagemaker:ModelPackageGroup",
    { modelPackageGroupName: "Group", modelPackageGroupDescription: "d", tags: [{ key: "a", value: "1" }] },
    { modelPackageGroupName: "Group", modelPackageGroupDescription: "d" },
  ],
];

describe("a provider's calls for a resource", () => {
  const aws = useLocalAws();
  let resources: Readonly<Record<string, PlayedResource>>;
  const played = (type: string) => resources[type] as PlayedResource;

  before(async function () {
    this.timeout(180_000);
    resources = playedResources(providerClients(aws));
    await played("aws:s3/bucket:Bucket").create({ bucket: name });
  });

  async function reads(type: string, id: string, inputs: Inputs): Promise<void> {
    const { read, readable = (each: Inputs) => each } = played(type);
    assert.deepEqual(await read(id), readable(inputs));
  }

  for (const [type, first, second] of changes) {
    it(`create, read, update and delete ${type}`, async () => {
      const { create, update, remove, read } = played(type);
      const id = await create(first);
      await reads(type, id, first);
      await update(id, second, first);
      await reads(type, id, second);
      await remove(id, second);
      assert.equal(await read(id), undefined);
    });
  }

  it("cannot delete a role that still has an inline policy", async () => {
    const role = { name: "policed", assumeRolePolicy: trust("1") };
    const Statement = [{ Effect: "Allow", Action: "s3:*", Resource: "*" }];
    const inputs = {
      ...{ role: "policed", name: "execution" },
      policy: JSON.stringify({ Version: "2012-10-17", Statement }),
    };
    await played("aws:iam/role:Role").create(role);
    const id = await played("aws:iam/rolePolicy:RolePolicy").create(inputs);
    await reads("aws:iam/rolePolicy:RolePolicy", id, inputs);
    await reads("aws:iam/role:Role", "policed", role);
    await assert.rejects(played("aws:iam/role:Role").remove("policed", role), { name: "DeleteConflictException" });
    await played("aws:iam/rolePolicy:RolePolicy").remove(id, inputs);
    await played("aws:iam/role:Role").remove("policed", role);
    assert.equal(await played("aws:iam/role:Role").read("policed"), undefined);
  });

  it("tag a bucket at its creation and change the tags later", async () => {
    const { create, update, remove } = played("aws:s3/bucket:Bucket");
    const [first, second] = [
      { "a<b": "1 & 2", team: "growth" },
      { team: "other", new: "" },
    ];
    const id = await create({ bucket: "tagged-bucket", tags: first });
    await reads("aws:s3/bucket:Bucket", id, { bucket: id, tags: first });
    await update(id, { tags: second }, { tags: first });
    await reads("aws:s3/bucket:Bucket", id, { bucket: id, tags: second });
    await remove(id, {});
    await create({ bucket: "tagged-bucket" });
    await reads("aws:s3/bucket:Bucket", id, { bucket: id });
    await remove(id, {});
  });

  it("delete all versions and delete markers of a bucket with suspended versioning", async () => {
    const versioning = played("aws:s3/bucketVersioning:BucketVersioning");
    const { create, remove, read } = played("aws:s3/bucket:Bucket");
    const Bucket = await create({ bucket: "full-bucket" });
    const enabled = { bucket: Bucket, versioningConfiguration: { status: "Enabled" } };
    await versioning.create(enabled);
    await reads("aws:s3/bucketVersioning:BucketVersioning", Bucket, enabled);
    for (const Key of ["a", "a", "b", "c"]) await aws.s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    await aws.s3.send(new DeleteObjectCommand({ Bucket, Key: "b" }));
    await assert.rejects(remove(Bucket, {}), /full-bucket is not empty/);
    await versioning.remove(Bucket, enabled);
    await aws.s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "while suspended" }));
    const { Versions } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: "a" }));
    assert.equal(Versions?.length, 3);
    await remove(Bucket, { forceDestroy: true });
    assert.equal(await read(Bucket), undefined);
  });
});
