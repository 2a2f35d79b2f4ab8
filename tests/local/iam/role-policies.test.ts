import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { RolePolicyReader } from "../../../local/iam/role-policies.ts";

const arn = "arn:aws:iam::123456789012:role/r";
const missing =
  '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>no role</Message></Error></ErrorResponse>';

describe("RolePolicyReader", () => {
  let server: Server;
  let asked = 0;
  let roles: RolePolicyReader;

  beforeEach(async () => {
    asked = 0;
    server = createServer((request, response) => {
      request.resume().once("end", () => {
        asked++;
        response.writeHead(404, { "content-type": "text/xml" }).end(missing);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    roles = new RolePolicyReader(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(() => server.close().closeAllConnections());

  /** Returns how many requests IAM gets while `read` runs. */
  async function asks(read: () => Promise<unknown>): Promise<number> {
    const before = asked;
    await read();
    return asked - before;
  }

  it("reads a role once and then uses its cache", async () => {
    const once = await asks(() => roles.read(arn));
    assert.ok(once > 0);
    assert.equal(await asks(() => Promise.all([roles.read(arn), roles.read(arn)])), 0);
    assert.equal(await roles.read(arn), undefined);
  });

  it("reads a role every time while IAM may change, and once more afterwards", async () => {
    const once = await asks(() => roles.read(arn));
    const changed = roles.changing();
    for (const _ of [1, 2]) assert.equal(await asks(() => roles.read(arn)), once);
    changed();
    assert.equal(await asks(() => roles.read(arn)), once);
    assert.equal(await asks(() => roles.read(arn)), 0);
  });
});
