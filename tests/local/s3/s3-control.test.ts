import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { CreateBucketCommand, PutBucketTaggingCommand } from "@aws-sdk/client-s3";
import { useLocalAws } from "../use-local-aws.ts";

const path = `/v20180820/tags/${encodeURIComponent("arn:aws:s3:::controlled")}`;

describe("S3 Control", () => {
  const aws = useLocalAws();
  before(async function () {
    this.timeout(180_000);
    await aws.s3.send(new CreateBucketCommand({ Bucket: "controlled" }));
    const Tagging = { TagSet: [{ Key: "team", Value: "growth" }] };
    await aws.s3.send(new PutBucketTaggingCommand({ Bucket: "controlled", Tagging }));
  });

  const account = "123456789012";
  const ways: readonly (readonly [string, (port: string) => { host: string; path: string }])[] = [
    ["the IP address", (port) => ({ host: `127.0.0.1:${port}`, path })],
    [
      "a host name with the account, resolved by the client",
      (port) => ({ host: `${account}.127.0.0.1:${port}`, path }),
    ],
    ["another host name with the account", (port) => ({ host: `${account}.localhost:${port}`, path })],
    [
      "the endpoint as a proxy",
      (port) => ({ host: `${account}.127.0.0.1:${port}`, path: `http://${account}.127.0.0.1:${port}${path}` }),
    ],
  ];
  for (const [way, where] of ways)
    it(`answers requests to ${way}`, async () => {
      const { hostname, port } = new URL(aws.url);
      const { host, path } = where(port);
      const authorization =
        "AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
      const sent = request({ hostname, port, path, headers: { host, authorization, "x-amz-account-id": account } });
      sent.end();
      const [response] = await once(sent, "response");
      assert.equal(response.statusCode, 200);
      assert.match(await text(response), /<Tags><Tag><Key>team<\/Key><Value>growth<\/Value><\/Tag><\/Tags>/);
    });
});
