import assert from "node:assert/strict";
import { requestCalls, signature } from "../../../local/authorization/request-calls.ts";
import { s3Calls } from "../../../local/authorization/s3-actions.ts";

describe("what IAM decides on for a request", () => {
  const requests: readonly (readonly [string, string, string])[] = [
    ["GET", "/b/k/l.csv", "s3:GetObject arn:aws:s3:::b/k/l.csv"],
    ["GET", "/b/k?x-id=GetObject", "s3:GetObject arn:aws:s3:::b/k"],
    ["HEAD", "/b/k", "s3:GetObject arn:aws:s3:::b/k"],
    ["GET", "/b/k?versionId=1", "s3:GetObjectVersion arn:aws:s3:::b/k"],
    ["GET", "/b/a%20b/%2A", "s3:GetObject arn:aws:s3:::b/a b/*"],
    ["PUT", "/b/k", "s3:PutObject arn:aws:s3:::b/k"],
    ["PUT", "/b/k?tagging", "s3:PutObjectTagging arn:aws:s3:::b/k"],
    ["POST", "/b/k?uploads", "s3:PutObject arn:aws:s3:::b/k"],
    ["PUT", "/b/k?partNumber=1&uploadId=u", "s3:PutObject arn:aws:s3:::b/k"],
    ["POST", "/b/k?uploadId=u", "s3:PutObject arn:aws:s3:::b/k"],
    ["DELETE", "/b/k?uploadId=u", "s3:AbortMultipartUpload arn:aws:s3:::b/k"],
    ["GET", "/b/k?uploadId=u", "s3:ListMultipartUploadParts arn:aws:s3:::b/k"],
    ["DELETE", "/b/k", "s3:DeleteObject arn:aws:s3:::b/k"],
    ["POST", "/b?delete", "s3:DeleteObject arn:aws:s3:::b/*"],
    ["GET", "/b?list-type=2&prefix=k%2F", "s3:ListBucket arn:aws:s3:::b s3:prefix=k/"],
    ["GET", "/b?prefix=k", "s3:ListBucket arn:aws:s3:::b s3:prefix=k"],
    ["GET", "/b?list-type=2", "s3:ListBucket arn:aws:s3:::b"],
    ["HEAD", "/b", "s3:ListBucket arn:aws:s3:::b"],
    ["GET", "/b/?location", "s3:GetBucketLocation arn:aws:s3:::b"],
    ["GET", "/", "s3:ListAllMyBuckets *"],
    ["PUT", "/b", "s3:? arn:aws:s3:::b"],
    ["PATCH", "/b/k", "s3:? arn:aws:s3:::b/k"],
  ];
  for (const [method, url, expected] of requests)
    it(`is ${expected} for ${method} ${url}`, () => {
      const told = s3Calls({ method, url }).map(({ action, resource, context = {} }) =>
        [action, resource, ...Object.entries(context).map(([key, value]) => `${key}=${value}`)].join(" "),
      );
      assert.deepEqual(told, [expected]);
    });

  it("is reading the source, too, for a copy", () => {
    const calls = s3Calls({ method: "PUT", url: "/b/k", copySource: "/other/a%20b?versionId=1" });
    assert.deepEqual(
      calls.map(({ action, resource }) => `${action} ${resource}`),
      ["s3:PutObject arn:aws:s3:::b/k", "s3:GetObject arn:aws:s3:::other/a b"],
    );
  });

  it("is the operation of the service that the request is signed for, about anything", () => {
    const scope = "ASIAX/20261123/us-east-1/sagemaker/aws4_request";
    const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` };
    assert.deepEqual(signature({ headers, url: "/" }), { accessKeyId: "ASIAX", service: "sagemaker" });
    const target = { "x-amz-target": "SageMaker.DescribeModelPackage" };
    assert.deepEqual(requestCalls({ headers: target } as never, "sagemaker"), [
      { action: "sagemaker:DescribeModelPackage", resource: "*" },
    ]);
  });

  it("knows the signer of a signed URL, and none of an unsigned one", () => {
    const url = "/b/k?X-Amz-Credential=ASIAY%2F20261123%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0";
    assert.deepEqual(signature({ headers: {}, url }), { accessKeyId: "ASIAY", service: "s3" });
    assert.equal(signature({ headers: {}, url: "/b/k" }), undefined);
    assert.equal(signature({ headers: {}, url: "/b/100%" }), undefined);
  });
});
