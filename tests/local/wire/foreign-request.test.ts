import assert from "node:assert/strict";
import { foreignRequest } from "../../../local/wire/foreign-request.ts";

/** The headers of a request, and its target if it was sent to a proxy. */
const taken: readonly (readonly [string, Record<string, string>, string?])[] = [
  ["an IPv4 address", { host: "127.0.0.1:4566" }],
  ["an IPv6 address", { host: "[::1]:4566" }],
  ["the address of another machine", { host: "192.168.1.7:4566" }],
  ["localhost", { host: "localhost:4566" }],
  ["localhost with a bucket before it", { host: "my.bucket.localhost:4566" }],
  ["an IP address with a bucket before it", { host: "bucket.127.0.0.1:4566" }],
  ["S3 Control through a proxy", { host: "123456789012.127.0.0.1:4566" }, "123456789012.127.0.0.1:4566"],
  ["an AWS service through a proxy", { host: "sts.us-east-1.amazonaws.com" }, "sts.us-east-1.amazonaws.com"],
  ["the name of a container", { host: "endpoint:4566" }],
  ["Docker's name for this machine", { host: "host.docker.internal:4566" }],
  ["the name that the endpoint listens on", { host: "aws.example.com:4566" }],
  ["HTTP/1.0 without a Host header", {}],
  [
    "a page of the endpoint itself",
    { host: "127.0.0.1:4566", origin: "http://127.0.0.1:4566", "sec-fetch-site": "same-origin" },
  ],
  ["an address typed into the browser", { host: "127.0.0.1:4566", "sec-fetch-site": "none" }],
];

const refused: readonly (readonly [string, Record<string, string>, string?])[] = [
  ["a page of another site", { host: "127.0.0.1:4566", origin: "https://example.com" }],
  ["a page of another port of this machine", { host: "127.0.0.1:4566", origin: "http://127.0.0.1:8080" }],
  ["a page without an origin", { host: "127.0.0.1:4566", origin: "null" }],
  ["an image in a page of another site", { host: "127.0.0.1:4566", "sec-fetch-site": "cross-site" }],
  ["a name that resolves to this machine", { host: "rebound.example.com:4566" }],
  ["a name that resolves to this machine, with a dot at its end", { host: "rebound.example.com." }],
  [
    "a page under a name that resolves to this machine",
    { host: "rebound.example.com", origin: "http://rebound.example.com" },
  ],
  ["a name that ends with localhost without a dot before it", { host: "notlocalhost.com" }],
  ["a name that begins with an IP address", { host: "127.0.0.1.example.com" }],
  ["a name that ends with amazonaws.com without a dot before it", { host: "evilamazonaws.com" }],
  ["a name outside of AWS through a proxy", { host: "127.0.0.1:4566" }, "example.com"],
];

describe("foreignRequest", () => {
  for (const [what, headers, asked = ""] of taken)
    it(`accepts ${what}`, () =>
      assert.equal(foreignRequest(headers, [headers["host"] ?? "", asked], "aws.example.com"), undefined));

  for (const [what, headers, asked = ""] of refused)
    it(`rejects ${what}`, () =>
      assert.equal(foreignRequest(headers, [headers["host"] ?? "", asked], "127.0.0.1")?.status, 403));
});
