import fc from "fast-check";
import { bucket } from "./local-aws.ts";

/** Returns the headers of a request to a service, with an invalid signature. */
export const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20261124/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

/** Valid and invalid parts of requests. */
const methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "PROPFIND"];
const segments = [
  "..",
  ".",
  "%2e%2e",
  "",
  "%00",
  "%",
  "%ff",
  "a",
  "ü",
  bucket,
  "kept",
  "_local",
  "faults",
  "moto-api",
  "v20180820",
  "service",
  "operation",
  "{}",
  "x".repeat(1100),
  "latest",
  "meta-data",
];
const parameters = [
  "acl",
  "policy",
  "policy=<",
  "delete",
  "uploads",
  "uploadId=1",
  "partNumber=x",
  "tagging",
  "versioning",
  "versions",
  "list-type=2",
  "max-keys=-1",
  "continuation-token=%00",
  "lifecycle",
  "Action=ListRoles",
  "Action=",
  "x-id=GetObject",
  "select",
  "restore",
  "X-Amz-Credential=%",
  "=",
  "__proto__",
];
const headers = [
  "x-amz-target: SageMaker.CreatePipeline",
  "x-amz-target: SageMaker.",
  "x-amz-target: .",
  "x-amz-target: CloudApiService.CreateResource",
  "x-amz-target: Logs_20140328.GetLogEvents",
  "x-amz-target: Nope.Nope",
  "content-type: application/x-amz-json-1.1",
  "content-type: application/x-www-form-urlencoded",
  "content-type: text/html",
  "content-type: \xff",
  ...["sagemaker", "s3", "iam", "sts", "logs", "cloudcontrolapi", "nosuch"].map(
    (service) => `authorization: ${signed(service).authorization}`,
  ),
  "authorization: x",
  "authorization: AWS4-HMAC-SHA256 Credential=//////",
  "smithy-protocol: rpc-v2-cbor",
  "x-amz-copy-source: ../../x",
  "x-amz-copy-source: %zz",
  "range: bytes=9-1",
  "range: x",
  "expect: 100-continue",
  "origin: null",
  "sec-fetch-site: cross-site",
  "x-amz-tagging: %",
  "x-amz-meta-\xfc: \xfc",
  "content-encoding: aws-chunked",
  "x-amz-decoded-content-length: x",
  "if-modified-since: x",
  "content-md5: x",
  "x-amz-acl: nope",
  "cookie: x",
  "upgrade: websocket",
  "x-amz-checksum-crc32: x",
];
const bodies = [
  "",
  "{",
  "{}",
  "[]",
  "null",
  '{"PipelineName":1}',
  '{"PipelineName":{"a":[]},"PipelineDefinition":"{"}',
  '{"TypeName":"X","DesiredState":"{"}',
  "Action=CreateRole",
  "Action=AssumeRole&RoleArn=x",
  "Action=%",
  "<",
  "<Tagging/>",
  "<CreateBucketConfiguration>",
  `${"[".repeat(20_000)}`,
  "\0\xff",
  "x".repeat(5000),
];

/** Generates the bytes of valid, invalid and nearly valid requests. */
export const randomRequest = fc
  .record({
    method: fc.constantFrom(...methods),
    path: fc.array(fc.constantFrom(...segments), { maxLength: 4 }),
    query: fc.array(fc.constantFrom(...parameters), { maxLength: 2 }),
    host: fc.constantFrom("127.0.0.1", "localhost", "bucket.localhost", "evil.example.com", ""),
    chosen: fc.uniqueArray(
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...headers) },
        fc.string({ unit: fc.constantFrom("a", ":", " ", "\t", "\xff", "-"), maxLength: 8 }),
      ),
      { maxLength: 4 },
    ),
    body: fc.oneof(fc.constantFrom(...bodies), fc.string({ unit: "binary", maxLength: 40 })),
    proxied: fc.boolean(),
  })
  .map(({ method, path, query, host, chosen, body, proxied }) => {
    const place = `${proxied ? `http://${host}` : ""}/${path.join("/")}${query.length > 0 ? `?${query.join("&")}` : ""}`;
    const bytes = Buffer.from(body);
    const head = [
      `${method} ${place} HTTP/1.1`,
      `host: ${host}`,
      "connection: close",
      `content-length: ${bytes.length}`,
      ...chosen,
    ];
    return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), bytes]);
  });
