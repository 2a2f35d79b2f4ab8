import assert from "node:assert/strict";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import fc from "fast-check";
import { bucket, put } from "./local-aws.ts";
import { randomRequest, signed } from "./random-request.ts";
import { rawRequest } from "./raw-request.ts";
import { useLocalAws } from "./use-local-aws.ts";

const json = { "content-type": "application/x-amz-json-1.1" };
const form = { "content-type": "application/x-www-form-urlencoded" };
const target = (name: string) => ({ "x-amz-target": name });

type Case = readonly [what: string, path: string, request: RequestInit, status: number, answer: RegExp];
const post = (headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer>): RequestInit => ({
  method: "POST",
  headers,
  body,
});

const cases: readonly Case[] = [
  [
    "an unknown operation of SageMaker",
    "/",
    post({ ...json, ...target("SageMaker.Nope") }, "{}"),
    400,
    /^\{"__type":"UnknownOperationException","message":"Nope of SageMaker does not work locally; .{1,50}"/,
  ],
  [
    "an unknown operation of a JSON service",
    "/",
    post({ ...json, ...signed("dynamodb"), ...target("DynamoDB_20120810.Nope") }, "{}"),
    400,
    /^\{"__type":"UnknownOperationException","message":"Nope of dynamodb does not work locally/,
  ],
  [
    "an operation of a service that moto lacks",
    "/",
    post({ ...json, ...signed("nosuch"), ...target("NoSuch.Nope") }, "{}"),
    400,
    /^\{"__type":"UnknownOperationException"/,
  ],
  [
    "an unknown operation of IAM",
    "/",
    post({ ...form, ...signed("iam") }, "Action=Nope&Version=2010-05-08"),
    400,
    /<ErrorResponse><Error><Type>Sender<\/Type><Code>InvalidAction<\/Code>/,
  ],
  [
    "an operation of IAM that moto lacks",
    "/",
    post({ ...form, ...signed("iam") }, "Action=GenerateServiceLastAccessedDetails&Version=2010-05-08"),
    400,
    /<Code>InvalidAction<\/Code>/,
  ],
  [
    "an unknown operation of EC2",
    "/",
    post({ ...form, ...signed("ec2") }, "Action=Nope&Version=2016-11-15"),
    400,
    /<Response><Errors><Error><Code>InvalidAction<\/Code>/,
  ],
  [
    "an unknown operation of a REST service",
    "/2015-03-31/nothing",
    { headers: signed("lambda") },
    404,
    /^\{"__type":"UnknownOperationException"/,
  ],
  [
    "an unknown operation of S3 Control",
    "/v20180820/nothing",
    { headers: signed("s3") },
    404,
    /<ErrorResponse><Error><Type>Sender<\/Type><Code>UnknownOperationException/,
  ],
  [
    "an unknown operation of CBOR",
    "/service/S/operation/Nope",
    post({ ...signed("monitoring"), "smithy-protocol": "rpc-v2-cbor" }, "x"),
    404,
    /UnknownOperationException/,
  ],
  ["a page of moto's own", "/moto-api/reset", { method: "POST" }, 501, /<Code>NotImplemented<\/Code>/],
  [
    "a page of moto's own with an escaped character",
    "/%6doto-api/reset",
    { method: "POST" },
    501,
    /<Code>NotImplemented<\/Code>/,
  ],
  ["moto's page of instance metadata", "/latest/meta-data/iam", {}, 501, /<Code>NotImplemented<\/Code>/],
  [
    "XML with its own entities",
    `/${bucket}?tagging`,
    { method: "PUT", headers: signed("s3"), body: '<!DOCTYPE l [<!ENTITY a "b">]><Tagging>&a;</Tagging>' },
    400,
    /<Code>MalformedXML<\/Code>/,
  ],
  [
    "a target without a signature",
    "/",
    post({ ...json, ...target("DynamoDB_20120810.ListTables") }, "{}"),
    400,
    /MissingAuthenticationTokenException/,
  ],
  [
    "an action without a signature",
    "/?Action=ListRoles&Version=2010-05-08",
    {},
    403,
    /<Code>MissingAuthenticationToken<\/Code>/,
  ],
  [
    "a malformed signature",
    "/",
    post({ ...json, ...target("SageMaker.ListPipelines"), authorization: "AWS4 x" }, "{}"),
    400,
    /IncompleteSignatureException/,
  ],
  [
    "a malformed signature to S3",
    "/b",
    { headers: { authorization: "\xff\xfe" } },
    400,
    /<Code>AuthorizationHeaderMalformed<\/Code>/,
  ],
  [
    "a target without an operation",
    "/",
    post({ ...json, ...target("SageMaker.") }, "{}"),
    400,
    /UnknownOperationException/,
  ],
  [
    "a target named __proto__",
    "/",
    post({ ...json, ...target("SageMaker.__proto__") }, "{}"),
    400,
    /UnknownOperationException/,
  ],
  ["invalid JSON", "/", post({ ...json, ...target("SageMaker.ListPipelines") }, "{"), 400, /SerializationException/],
  [
    "a JSON list instead of an object",
    "/",
    post({ ...json, ...target("SageMaker.ListPipelines") }, "[]"),
    400,
    /SerializationException/,
  ],
  [
    "JSON on which moto fails",
    "/",
    post({ ...json, ...signed("logs"), ...target("Logs_20140328.CreateLogGroup") }, "{}"),
    500,
    /^\{"__type":"InternalFailure","message":"moto, which answers for logs here, failed/,
  ],
  [
    "invalid XML",
    `/${bucket}?delete`,
    { method: "POST", headers: signed("s3"), body: "<" },
    400,
    /<Code>MalformedXML<\/Code>/,
  ],
  [
    "a max-keys that is not a number",
    `/${bucket}?max-keys=x`,
    { headers: signed("s3") },
    500,
    /<Code>InternalError<\/Code><Message>moto, which answers for s3/,
  ],
  [
    "a method that S3 does not have",
    `/${bucket}/k`,
    { method: "PATCH", headers: signed("s3") },
    405,
    /<Code>MethodNotAllowed<\/Code>/,
  ],
  [
    "a key that leads out of its bucket",
    `/${bucket}/%2e%2e%2fother`,
    { method: "PUT", body: "x" },
    400,
    /<Code>InvalidURI<\/Code>/,
  ],
  [
    "a request from another web page",
    "/",
    { ...post({ ...json, ...target("SageMaker.ListPipelines"), origin: "https://example.com" }, "{}") },
    403,
    /AccessDenied.*rejects requests from the web page https:\/\/example\.com/,
  ],
  [
    "a request for faults from another web page",
    "/_local/faults",
    { method: "DELETE", headers: { origin: "https://example.com" } },
    403,
    /AccessDenied/,
  ],
];

describe("the endpoint", function () {
  this.timeout(60_000);
  const aws = useLocalAws();
  before(async function () {
    this.timeout(180_000);
    await put(aws, "kept", "content");
  });

  for (const [what, path, init, status, answer] of cases)
    it(`answers with an error of the protocol: ${what}`, async () => {
      const response = await fetch(aws.url + path, init);
      const text = await response.text();
      assert.equal(response.status, status, text);
      assert.match(text, answer);
      assert.doesNotMatch(response.headers.get("content-type") ?? "", /html/);
      if (response.status !== 403 || !path.startsWith("/_local")) assert.ok(response.headers.get("x-amzn-requestid"));
    });

  it("survives random requests and answers them without HTML or stack traces", async () => {
    await fc.assert(
      fc.asyncProperty(randomRequest, async (bytes) => {
        const answer = await rawRequest(aws.url, bytes);
        assert.doesNotMatch(answer, /<html|<!doctype|text\/html/i);
        assert.doesNotMatch(answer, /Traceback|^\s+at .*:\d+:\d+|\.py", line/m);
        assert.match(answer, /^(HTTP\/1\.1 \d\d\d |$)/);
      }),
      { numRuns: 400 },
    );
    const object = await aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: "kept" }));
    assert.ok(object.Body);
  });

  it("rejects a body that is too long and names its length", async () => {
    const body = Buffer.alloc(17 * 1024 * 1024, " ");
    const message = new RegExp(`is ${body.length} bytes long; at most \\d+ fit`);
    for (const [headers, type] of [
      [{ ...json, ...target("SageMaker.ListPipelines") }, /^\{"__type":"RequestEntityTooLargeException"/],
      [{ ...form, ...signed("iam") }, /<Code>RequestEntityTooLargeException<\/Code>/],
    ] as const) {
      const response = await fetch(aws.url, post({ ...headers }, body));
      const text = await response.text();
      assert.equal(response.status, 413);
      assert.match(text, type);
      assert.match(text, message);
    }
  });

  it("does not pass on a request that would reset moto", async () => {
    await put(aws, "kept", "content");
    await fetch(`${aws.url}/moto-api/reset`, { method: "POST" });
    const object = await aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: "kept" }));
    assert.equal(await object.Body?.transformToString(), "content");
  });

  it("stores and returns an object that is an HTML page", async () => {
    await fetch(`${aws.url}/${bucket}/page.html`, {
      method: "PUT",
      headers: { ...signed("s3"), "content-type": "text/html" },
      body: "<html>",
    });
    const response = await fetch(`${aws.url}/${bucket}/page.html`, { headers: signed("s3") });
    assert.equal(response.headers.get("content-type"), "text/html");
    assert.equal(await response.text(), "<html>");
  });
});
