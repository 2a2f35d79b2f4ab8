import assert from "node:assert/strict";
import { badS3Request } from "../../../local/wire/bad-s3-request.ts";

const address = "127.0.0.1:4566";

const cases: readonly (readonly [string, string | undefined, Record<string, string>?])[] = [
  ["/", undefined],
  ["/bucket", undefined],
  ["/bucket/", undefined],
  ["/bucket?list-type=2&prefix=../..", undefined],
  ["/bucket/key%20with%20%C3%BC/and+more", undefined],
  ["/bucket//absolute", undefined],
  ["/bucket/runs/../code/a.py", undefined],
  ["/bucket/a..b/..c", undefined],
  [`/bucket/${"k".repeat(1024)}`, undefined],
  [`/bucket/${"k".repeat(1025)}`, "KeyTooLongError"],
  [`/bucket/${"%C3%BC".repeat(513)}`, "KeyTooLongError"],
  ["/bucket/../other", "InvalidURI"],
  ["/bucket/%2e%2e/other", "InvalidURI"],
  ["/bucket/%2E%2e%2Fother", "InvalidURI"],
  ["/bucket/a/../../other", "InvalidURI"],
  ["/bucket/nul%00", "InvalidURI"],
  ["/bucket/%zz", "InvalidURI"],
  ["/bucket/%ff", "InvalidURI"],
  ["//bucket/key", "InvalidURI"],
  ["/bucket%2Fkey", "InvalidURI"],
  ["/..", "InvalidBucketName"],
  ["/../key", "InvalidBucketName"],
  ["/two words/key", "InvalidBucketName"],
  ["/two words/key", undefined, { host: "bucket.localhost:4566" }],
  ["/../key", "InvalidURI", { host: "bucket.localhost:4566" }],
  ["/bucket/key", "EntityTooLarge", { "content-length": String(5 * 1024 ** 3 + 1) }],
];

describe("badS3Request", () => {
  for (const [url, type, headers = {}] of cases)
    it(`${type === undefined ? "accepts" : `answers ${type} to`} ${url.slice(0, 40)}${headers["host"] === undefined ? "" : " with the bucket in the host name"}`, () =>
      assert.equal(badS3Request({ host: address, ...headers }, url)?.type, type));
});
