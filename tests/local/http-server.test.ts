import assert from "node:assert/strict";
import type { Server } from "node:http";
import { Faults } from "../../local/faults/faults.ts";
import { type HttpOptions, listen } from "../../local/http-server.ts";
import { rawRequest } from "./raw-request.ts";

const options: HttpOptions = {
  port: 0,
  host: "127.0.0.1",
  patience: { head: 100, request: 200 },
  // A port on which no server listens.
  moto: "http://127.0.0.1:9",
  answer: async ({ input }) => ({ input }),
  simulatePolicy: async () => "",
  bucket: () => false,
  lambda: () => Promise.reject(new Error("no functions")),
  log: () => {},
  guard: (_request, _response, next) => next(),
  isOfJob: () => false,
  faults: new Faults(),
};

describe("listen", () => {
  let server: Server;
  let url: string;
  const logged: string[] = [];
  before(async () => {
    const listening = await listen({ ...options, log: (line) => logged.push(line) });
    server = listening.server;
    url = `http://127.0.0.1:${listening.port}`;
  });
  after(() => server.close());
  const own = "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: SageMaker.X\r\n";

  for (const [what, bytes] of [
    ["head", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow"],
    ["body", `${own}Content-Length: 10\r\n\r\n{`],
  ])
    it(`closes a connection whose ${what} does not arrive in time`, async () => {
      assert.match(await rawRequest(url, bytes ?? ""), /^HTTP\/1\.1 408 /);
    });

  it("rejects headers of more than 16 KB", async () => {
    assert.match(await rawRequest(url, `GET / HTTP/1.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  });

  it("rejects bytes that are not HTTP", async () => {
    assert.match(await rawRequest(url, "\x16\x03\x01\x02\x00\x01\r\n\r\n"), /^HTTP\/1\.1 400 /);
  });

  it("rejects a body with both Content-Length and Transfer-Encoding", async () => {
    const twice = `${own}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`;
    assert.match(await rawRequest(url, twice), /^HTTP\/1\.1 400 /);
  });

  it("answers with an error of the protocol if moto does not answer", async () => {
    const object = await fetch(`${url}/bucket/key`);
    assert.equal(object.status, 503);
    assert.match(await object.text(), /<Error><Code>ServiceUnavailable<\/Code><Message>S3 and IAM do not answer/);
    assert.deepEqual(logged, []);
  });

  for (const method of ["POST", "PUT"])
    it(`rejects a schedule of a pipeline without SageMakerPipelineParameters (${method})`, async () => {
      const authorization =
        "AWS4-HMAC-SHA256 Credential=k/20261124/us-east-1/scheduler/aws4_request, SignedHeaders=host, Signature=0";
      const put = async (Target: object) => {
        const body = JSON.stringify({ ScheduleExpression: "rate(1 day)", Target });
        return fetch(`${url}/schedules/nightly`, { method, headers: { authorization }, body });
      };
      const Arn = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/Crickets";
      const rejected = await put({ Arn });
      assert.equal(rejected.status, 400);
      assert.deepEqual(await rejected.json(), {
        __type: "ValidationException",
        message:
          "Parameters not valid due to the following reason: Parameters SageMakerPipelineParameters must be specified.",
      });
      // Moto, which does not run here, would answer these.
      const accepted = [{ Arn, SageMakerPipelineParameters: {} }, { Arn: "arn:aws:sqs:us-east-1:123456789012:queue" }];
      for (const target of accepted) assert.equal((await put(target)).status, 503);
    });

  it("rejects a host that is not an address of this machine", async () => {
    await assert.rejects(listen({ ...options, host: "192.0.2.1" }), {
      code: "usage",
      message: /^--host 192\.0\.2\.1 is not an address of this machine/,
    });
  });
});
