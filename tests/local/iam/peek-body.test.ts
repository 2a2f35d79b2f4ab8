import assert from "node:assert/strict";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setImmediate as turn } from "node:timers/promises";
import { peekBody } from "../../../local/iam/peek-body.ts";

describe("peekBody", () => {
  let server: Server;
  let seen: Promise<string | undefined>;

  before(async () => {
    server = createServer(async (incoming, response) => {
      seen = peekBody(incoming);
      await seen;
      response.end(await text(incoming));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after(() => server.close());

  /** Sends a body to the server and returns the body that the server read after peekBody. */
  async function sent(chunks: readonly string[], headers: Record<string, string | number>): Promise<string> {
    const { port } = server.address() as AddressInfo;
    const outgoing = request({ port, host: "127.0.0.1", method: "POST", headers });
    outgoing.flushHeaders();
    for (const chunk of chunks) {
      await turn();
      outgoing.write(chunk);
    }
    outgoing.end();
    return new Promise((resolve, reject) => {
      outgoing.once("response", (response) => resolve(text(response))).once("error", reject);
    });
  }

  const long = "é".repeat(200_000);
  const bodies: readonly (readonly [string, readonly string[]])[] = [
    ["an empty body", []],
    ["a body in one chunk", ["Action=GetCallerIdentity"]],
    ["a body in several chunks", ["Action=", "Get", "CallerIdentity"]],
    ["a body longer than the stream's buffer", [long, long]],
  ];
  for (const [title, chunks] of bodies)
    it(`leaves ${title} to be read again`, async () => {
      const whole = chunks.join("");
      assert.equal(await sent(chunks, { "content-length": Buffer.byteLength(whole) }), whole);
      assert.equal(await seen, whole);
    });

  it("returns undefined for a body that is too long or has no content-length", async () => {
    assert.equal(await sent(["a", "b"], { "transfer-encoding": "chunked" }), "ab");
    assert.equal(await seen, undefined);
    const huge = "x".repeat(1024 * 1024 + 1);
    assert.equal(await sent([huge], { "content-length": huge.length }), huge);
    assert.equal(await seen, undefined);
  });
});
