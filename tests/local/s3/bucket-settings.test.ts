import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import * as S3 from "@aws-sdk/client-s3";
import { bucket, put } from "../local-aws.ts";
import { restartLocalAws, useLocalAws } from "../use-local-aws.ts";

const Policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      ...{ Sid: "EncryptedTransportOnly", Effect: "Deny", Principal: "*", Action: "s3:*" },
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ],
});
const lifecycle = (rules: string) => `<LifecycleConfiguration>${rules}</LifecycleConfiguration>`;
const rule = "<Rule><ID>a</ID><Filter><Prefix></Prefix></Filter><Status>Enabled</Status></Rule>";

describe("bucket settings that the endpoint stores itself", () => {
  const aws = useLocalAws();

  async function send(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
    const authorization =
      "AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
    const response = await fetch(aws.url + path, {
      ...{ method, headers: { authorization, ...headers } },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, code: /<Code>(.*?)<\/Code>/.exec(text)?.[1] };
  }

  it("return the stored document byte for byte, even after a restart", async function () {
    this.timeout(30_000);
    const xml = `<?xml version="1.0"?>\n${lifecycle(rule)}\n`;
    const minimum = { "x-amz-transition-default-minimum-object-size": "varies_by_storage_class" };
    assert.equal((await send("PUT", `/${bucket}?policy`, Policy)).status, 204);
    assert.equal((await send("PUT", `/${bucket}/?lifecycle=`, xml, minimum)).status, 200);
    await restartLocalAws(aws);
    assert.equal((await send("GET", `/${bucket}?policy`)).text, Policy);
    const read = await send("GET", `/${bucket}?lifecycle`);
    assert.equal(read.text, xml);
    assert.equal(read.headers.get("x-amz-transition-default-minimum-object-size"), "varies_by_storage_class");
    await aws.s3.send(new S3.DeleteBucketPolicyCommand({ Bucket: bucket }));
    await aws.s3.send(new S3.DeleteBucketLifecycleCommand({ Bucket: bucket }));
    await assert.rejects(aws.s3.send(new S3.GetBucketPolicyCommand({ Bucket: bucket })), {
      name: "NoSuchBucketPolicy",
      message: "The bucket policy does not exist",
    });
    await assert.rejects(aws.s3.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket: bucket })), {
      name: "NoSuchLifecycleConfiguration",
      message: "The lifecycle configuration does not exist",
    });
  });

  it("do not enforce a policy that demands TLS", async () => {
    await aws.s3.send(new S3.PutBucketPolicyCommand({ Bucket: bucket, Policy }));
    await put(aws, "object", "text");
    await aws.s3.send(new S3.ListObjectsV2Command({ Bucket: bucket }));
    await aws.s3.send(new S3.GetObjectCommand({ Bucket: bucket, Key: "object" }));
    const { PolicyStatus } = await aws.s3.send(new S3.GetBucketPolicyStatusCommand({ Bucket: bucket }));
    assert.equal(PolicyStatus?.IsPublic, false);
  });

  it("are deleted with their bucket", async () => {
    const Bucket = "short-lived";
    const document = Policy.replaceAll(bucket, Bucket);
    await aws.s3.send(new S3.CreateBucketCommand({ Bucket }));
    await aws.s3.send(new S3.PutBucketPolicyCommand({ Bucket, Policy: document }));
    await aws.s3.send(new S3.PutObjectCommand({ Bucket, Key: "k", Body: "" }));
    await assert.rejects(aws.s3.send(new S3.DeleteBucketCommand({ Bucket })), { name: "BucketNotEmpty" });
    const kept = await aws.s3.send(new S3.GetBucketPolicyCommand({ Bucket }));
    assert.equal(kept.Policy, document);
    await aws.s3.send(new S3.DeleteObjectCommand({ Bucket, Key: "k" }));
    await aws.s3.send(new S3.DeleteBucketCommand({ Bucket }));
    await assert.rejects(aws.s3.send(new S3.GetBucketPolicyCommand({ Bucket })), { name: "NoSuchBucket" });
    await aws.s3.send(new S3.CreateBucketCommand({ Bucket }));
    await assert.rejects(aws.s3.send(new S3.GetBucketPolicyCommand({ Bucket })), { name: "NoSuchBucketPolicy" });
    await aws.s3.send(new S3.DeleteBucketCommand({ Bucket }));
  });

  it("do not affect objects whose keys are the names of settings", async () => {
    await put(aws, "policy", "an object");
    assert.equal((await send("GET", `/${bucket}/policy?policy`)).text, "an object");
  });

  it("return S3's defaults before they are set", async () => {
    const of = { Bucket: bucket };
    assert.equal((await aws.s3.send(new S3.GetBucketRequestPaymentCommand(of))).Payer, "BucketOwner");
    assert.equal((await aws.s3.send(new S3.GetBucketLoggingCommand(of))).LoggingEnabled, undefined);
    const RequestPaymentConfiguration = { Payer: "Requester" } as const;
    await aws.s3.send(new S3.PutBucketRequestPaymentCommand({ ...of, RequestPaymentConfiguration }));
    assert.equal((await aws.s3.send(new S3.GetBucketRequestPaymentCommand(of))).Payer, "Requester");
  });

  const wrongSize = { "x-amz-transition-default-minimum-object-size": "none" };
  const logging = (target: string) =>
    `<BucketLoggingStatus><LoggingEnabled><TargetBucket>${target}</TargetBucket></LoggingEnabled></BucketLoggingStatus>`;
  const refused: readonly (readonly [string, string, string | undefined, string, number, Record<string, string>?])[] = [
    ["PUT", "?policy", "no json", "MalformedPolicy", 400],
    ["PUT", "?policy", Policy.replaceAll(bucket, "other"), "MalformedPolicy", 400],
    ["PUT", "?policy", "x".repeat(300_000), "MaxMessageLengthExceeded", 400],
    ["PUT", "?lifecycle", "<LifecycleConfiguration>", "MalformedXML", 400],
    ["PUT", "?lifecycle", "", "MalformedXML", 400],
    ["PUT", "?lifecycle", lifecycle(""), "MalformedXML", 400],
    ["PUT", "?lifecycle", lifecycle(rule.replace("Enabled", "On")), "MalformedXML", 400],
    ["PUT", "?lifecycle", lifecycle(rule), "InvalidArgument", 400, wrongSize],
    ["PUT", "?logging", logging("no-such-bucket"), "InvalidTargetBucketForLogging", 400],
    ["PUT", "?logging", "<Logging/>", "MalformedXML", 400],
    ["DELETE", "?logging", undefined, "MethodNotAllowed", 405],
    ["POST", "?policy", "", "MethodNotAllowed", 405],
    [
      "PUT",
      "?requestPayment",
      "<RequestPaymentConfiguration><Payer>Me</Payer></RequestPaymentConfiguration>",
      "MalformedXML",
      400,
    ],
  ];
  for (const [method, query, body, code, status, headers] of refused)
    it(`reject ${method} ${query} ${body?.slice(0, 60) ?? ""}`, async () => {
      const before = (await send("GET", `/${bucket}${query}`)).text.replace(/<RequestId>.*/, "");
      const answer = await send(method, `/${bucket}${query}`, body, headers);
      assert.deepEqual([answer.code, answer.status], [code, status]);
      assert.equal((await send("GET", `/${bucket}${query}`)).text.replace(/<RequestId>.*/, ""), before);
    });

  for (const query of ["?policy", "?policyStatus", "?lifecycle", "?logging"])
    it(`answer NoSuchBucket for a bucket that does not exist: ${query}`, async () => {
      assert.deepEqual((await send("GET", `/no-such-bucket${query}`)).code, "NoSuchBucket");
    });

  it("answer with an error when they cannot be stored", async () => {
    const folder = join(aws.state, "s3");
    await rm(folder, { recursive: true });
    // A folder with the name of the file makes writing fail.
    const Bucket = "unstorable";
    await aws.s3.send(new S3.CreateBucketCommand({ Bucket }));
    const name = createHash("sha256").update(`${Bucket}:policy`).digest("hex").slice(0, 16);
    mkdirSync(join(folder, `policy-${name}.json`), { recursive: true });
    const answer = await send("PUT", `/${Bucket}?policy`, Policy.replaceAll(bucket, Bucket));
    assert.deepEqual([answer.status, answer.code], [500, "InternalError"]);
    assert.equal((await send("GET", `/${Bucket}?policy`)).code, "NoSuchBucketPolicy");
  });
});
