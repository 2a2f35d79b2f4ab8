import assert from "node:assert/strict";
import { foreignRequest } from "../../../local/wire/foreign-request.ts";

/** Headers, and the address that a proxy is asked for. */
const taken: readonly (readonly [string, Record<string, string>, string?])[] = [
  ["an address", { host: "127.0.0.1:4566" }],
  ["an address of IPv6", { host: "[::1]:4566" }],
  ["another machine's address", { host: "192.168.1.7:4566" }],
  ["localhost", { host: "localhost:4566" }],
  ["a bucket before localhost", { host: "my.bucket.localhost:4566" }],
  ["a bucket before an address", { host: "bucket.127.0.0.1:4566" }],
  ["S3 Control by a proxy", { host: "123456789012.127.0.0.1:4566" }, "123456789012.127.0.0.1:4566"],
  ["a service of AWS by a proxy", { host: "sts.us-east-1.amazonaws.com" }, "sts.us-east-1.amazonaws.com"],
  ["a container's name", { host: "endpoint:4566" }],
  ["Docker's name for this machine", { host: "host.docker.internal:4566" }],
  ["the name it listens on", { host: "aws.example.com:4566" }],
  ["no Host, as HTTP/1.0 has none", {}],
  ["a page of its own", { host: "127.0.0.1:4566", origin: "http://127.0.0.1:4566", "sec-fetch-site": "same-origin" }],
  ["an address that a person typed", { host: "127.0.0.1:4566", "sec-fetch-site": "none" }],
];

const refused: readonly (readonly [string, Record<string, string>, string?])[] = [
  ["a page of another site", { host: "127.0.0.1:4566", origin: "https://example.com" }],
  ["a page of another port", { host: "127.0.0.1:4566", origin: "http://127.0.0.1:8080" }],
  ["a page without an origin", { host: "127.0.0.1:4566", origin: "null" }],
  ["a picture in a page", { host: "127.0.0.1:4566", "sec-fetch-site": "cross-site" }],
  ["a name that resolves to this machine", { host: "rebound.example.com:4566" }],
  ["the same with a dot", { host: "rebound.example.com." }],
  ["the same in a page of its own", { host: "rebound.example.com", origin: "http://rebound.example.com" }],
  ["a name that ends like an own one", { host: "notlocalhost.com" }],
  ["a name that begins like an own one", { host: "127.0.0.1.example.com" }],
  ["a name like AWS's", { host: "evilamazonaws.com" }],
  ["somebody else's address by a proxy", { host: "127.0.0.1:4566" }, "example.com"],
];

describe("a request of a web page", () => {
  for (const [what, headers, asked = ""] of taken)
    it(`is not seen in ${what}`, () =>
      assert.equal(foreignRequest(headers, [headers["host"] ?? "", asked], "aws.example.com"), undefined));

  for (const [what, headers, asked = ""] of refused)
    it(`is refused: ${what}`, () =>
      assert.equal(foreignRequest(headers, [headers["host"] ?? "", asked], "127.0.0.1")?.status, 403));
});
