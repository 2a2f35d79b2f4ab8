import assert from "node:assert/strict";
import { requestedOperation } from "../../../local/wire/requested-operation.ts";

const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20261124/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});
const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };

/** The method, path, headers and body of a request, and the expected protocol, service and operation. */
const requests: readonly (readonly [string, string, Record<string, string>, string, string])[] = [
  [
    "POST",
    "/",
    { ...signed("sagemaker"), "x-amz-target": "SageMaker.DescribePipeline" },
    "{}",
    "json sagemaker DescribePipeline",
  ],
  ["POST", "/", { "x-amz-target": "SageMaker.DescribePipeline" }, "{}", "json sagemaker DescribePipeline"],
  ["POST", "/", { ...signed("dynamodb"), "x-amz-target": "DynamoDB_20120810.GetItem" }, "{}", "json dynamodb GetItem"],
  ["POST", "/", { ...signed("iam"), ...form }, "Action=GetRole&Version=2010-05-08", "query iam GetRole"],
  ["POST", "/", form, "Action=AssumeRoleWithWebIdentity", "query  AssumeRoleWithWebIdentity"],
  ["GET", "/?Action=GetCallerIdentity&Version=2011-06-15", signed("sts"), "", "query sts GetCallerIdentity"],
  ["POST", "/", { ...signed("ec2"), ...form }, "Action=DescribeVpcs", "ec2 ec2 DescribeVpcs"],
  [
    "POST",
    "/service/Logs/operation/GetLogEvents",
    { ...signed("logs"), "smithy-protocol": "rpc-v2-cbor" },
    "",
    "cbor logs GetLogEvents",
  ],
  ["GET", "/2015-03-31/functions", signed("lambda"), "", "rest-json lambda "],
  ["GET", "/2013-04-01/hostedzone", signed("route53"), "", "rest-xml route53 "],
  ["GET", "/v20180820/tags/x", signed("s3"), "", "rest-xml s3 "],
  ["PUT", "/bucket/key", { ...signed("s3"), ...form }, "", "s3 s3 PutObject"],
  ["PUT", "/bucket/key", form, "", "s3 s3 PutObject"],
  ["GET", "/", {}, "", "s3 s3 ListBuckets"],
  ["GET", "/b/k?x-id=GetObject", {}, "", "s3 s3 GetObject"],
  ["GET", "/b/k?X-Amz-Credential=AKIA%2F20261124%2Fus-east-1%2Fs3%2Faws4_request", {}, "", "s3 s3 GetObject"],
  ["HEAD", "/b/k", {}, "", "s3 s3 HeadObject"],
  ["PUT", "/b/k", { "x-amz-copy-source": "/b/other" }, "", "s3 s3 CopyObject"],
  ["PUT", "/b/k?partNumber=1&uploadId=u", {}, "", "s3 s3 UploadPart"],
  ["POST", "/b/k?uploads", {}, "", "s3 s3 CreateMultipartUpload"],
  ["POST", "/b/k?uploadId=u", {}, "", "s3 s3 CompleteMultipartUpload"],
  ["DELETE", "/b/k?versionId=v", {}, "", "s3 s3 DeleteObject"],
  ["GET", "/b?list-type=2&prefix=acl", {}, "", "s3 s3 ListObjectsV2"],
  ["GET", "/b/?versions", {}, "", "s3 s3 ListObjectVersions"],
  ["POST", "/b?delete", {}, "", "s3 s3 DeleteObjects"],
  ["PUT", "/b?versioning", {}, "", "s3 s3 PutBucketVersioning"],
  ["GET", "/b?publicAccessBlock", {}, "", "s3 s3 GetPublicAccessBlock"],
  ["BREW", "/b/k", {}, "", "s3 s3 "],
];

describe("requestedOperation", () => {
  for (const [method, url, headers, body, expected] of requests)
    it(`reads ${method} ${url} as ${expected}`, () => {
      const { protocol, service, operation } = requestedOperation({ method, url, headers }, body);
      assert.equal(`${protocol} ${service} ${operation}`, expected);
    });
});
